package org.cheesecoin.webtest;

import java.util.ArrayList;
import java.util.List;

/**
 * What callers send that is wrong in some part of HTTP, each as the characters on the wire (ISO 8859-1). A service
 * answers each with a problem document below 500, or as if nothing were wrong, and its log says nothing of it.
 */
public final class BadRequests {

    private static final String NON_ASCII = "\u0080\u00ff\u00fe";
    private static final int MANY = 5_000;

    private final List<Sent> all = new ArrayList<>();

    private BadRequests() {}

    /**
     * One of them.
     *
     * @param name what is wrong with it
     * @param text all that is sent
     */
    public record Sent(String name, String text) {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * All of them.
     *
     * @param read a path that takes GET, and a parameter {@code limit}
     * @param write a path that takes a body of JSON
     * @param method the method that it takes it with
     */
    public static List<Sent> of(String read, String write, String method) {
        var requests = new BadRequests();
        requests.targets(read);
        requests.headers(read);
        requests.bodies(write, method);
        requests.framing(write, method);
        return List.copyOf(requests.all);
    }

    /**
     * Fails unless the answer is a good one, or a problem document below 500 (or 501 and 505, which RFC 9110 asks for).
     * To what is no HTTP at all it may have no head, as in HTTP/0.9, or there may be none.
     */
    public static void check(String answer) {
        int status = Raw.status(answer);
        boolean isFault = status >= 400 || answer.startsWith("{\"type\"");
        boolean isProblem = answer.contains("urn:cheesecoin:problem:") && !answer.contains("<html")
                && (status == 0 || answer.contains("application/problem+json"));
        boolean isServers = status >= 500 && status != 501 && status != 505 || answer.contains(":problem:internal");
        if (isServers || isFault && !isProblem) {
            throw new AssertionError("answered with " + answer);
        }
    }

    private void targets(String read) {
        get("a lone percent sign", read + "?limit=%");
        get("half an escape", read + "?limit=%e");
        get("invalid UTF-8 in the query", read + "?limit=%ff%fe");
        get("a parameter's name that cannot be decoded", read + "?%=1");
        get("51 parameters", read + "?" + "a=1&".repeat(51));
        get("a parameter twice", read + "?limit=1&limit=2");
        get("a NUL in the query", read + "?limit=%00");
        get("a NUL in the path", read + "%00");
        get("invalid UTF-8 in the path", read + "/%ff%fe");
        get("an overlong slash in UTF-8", "/..%c0%af../etc/passwd");
        get("an encoded slash", read + "%2f1");
        get("an encoded backslash", read + "%5c1");
        get("a path parameter", read + ";a=b");
        get("a path above the root", "/../../etc/passwd");
        get("characters that a target may not have", read + "?a={}|\\^`\"<>");
        get("bytes beyond ASCII in the target", read + "?a=" + NON_ASCII);
        get("a target of many bytes", "/" + "a".repeat(30_000));
        get("an empty target", "");
        get("an absolute target", "http://127.0.0.1" + read);
        get("an absolute target of another host", "http://elsewhere.example" + read);
        get("an absolute target of another scheme", "ftp://127.0.0.1/" + read);
        get("an authority as target", "127.0.0.1:80");
        get("an asterisk as target", "*");
        add("CONNECT", "CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        add("TRACE", "TRACE " + read + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        add("a method of another protocol", "EHLO me\r\n\r\n");
        add("bytes of TLS",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + NON_ASCII + "\r\n\r\n");
        add("HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        add("HTTP/0.9", "GET " + read + "\r\n\r\n");
        add("a version that is none", "GET " + read + " HTTP/1.x\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private void headers(String read) {
        for (String value : List.of("*", "/", "a/b/c", ";", ",,,,", "text/html;q=2", "application/json;q=x",
                "application/json;charset=nonsense", "*/json", "application/*;=", "a/b;".repeat(500), NON_ASCII)) {
            with("Accept " + shown(value), read, "Accept: " + value);
            with("Accept of a file " + shown(value), "/swagger-ui/index.html", "Accept: " + value);
        }
        for (String value : List.of("nonsense", NON_ASCII, "gzip;q=x", "identity;q=0, *;q=0")) {
            with("Accept-Encoding " + shown(value), read, "Accept-Encoding: " + value);
            with("Accept-Charset " + shown(value), read, "Accept-Charset: " + value);
            with("Accept-Language " + shown(value), read, "Accept-Language: " + value);
        }
        for (String value : List.of("bytes=0-", "bytes=9-1", "bytes=-", "bytes=99999999999999999999-", "lines=1",
                "bytes=" + "0-0,".repeat(1_000) + "1-1", NON_ASCII)) {
            with("Range " + shown(value), read, "Range: " + value);
            with("Range of a file " + shown(value), "/swagger-ui/index.html", "Range: " + value);
        }
        for (String value : List.of("yesterday", "0", "Thu, 99 Foo 2026 25:61:61 GMT", NON_ASCII)) {
            with("If-Modified-Since " + shown(value), read, "If-Modified-Since: " + value);
            with("If-Modified-Since of a file " + shown(value), "/swagger-ui/index.html",
                    "If-Modified-Since: " + value);
            with("If-None-Match " + shown(value), "/swagger-ui/index.html", "If-None-Match: " + value);
        }
        with("Last-Event-ID beyond ASCII", "/events", "Last-Event-ID: \u0080", "Accept: text/event-stream");
        with("a token beyond ASCII", read, "Authorization: Bearer " + NON_ASCII);
        with("an authorization of no scheme", read, "Authorization: ");
        with("an origin that is none", read, "Origin: %%%");
        with("an origin beyond ASCII", read, "Origin: http://" + NON_ASCII);
        with("cookies that are none", read, "Cookie: =;=;;\"" + NON_ASCII);
        with("a name beyond ASCII", read, NON_ASCII + ": 1");
        with("a name with a space", read, "A B: 1");
        with("a line without a colon", read, "nonsense");
        with("a folded line", read, "A: 1\r\n 2");
        with("a NUL in a value", read, "A: \u0000");
        with("a lone carriage return in a value", read, "A: 1\r2");
        with("a long name", read, "a".repeat(20_000) + ": 1");
        with("a long value", read, "A: " + "a".repeat(20_000));
        with("many headers", read, "A: 1\r\n".repeat(1_000) + "A: 1");
        with("two hosts", read, "Host: 127.0.0.1");
        with("an upgrade to nothing", read, "Connection: upgrade", "Upgrade: nonsense");
        with("an upgrade to HTTP/2", read, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: %");
        with("an expectation that nobody knows", read, "Expect: nonsense");
        with("a forwarded header", read, "Forwarded: %%%;;==", "X-Forwarded-For: " + NON_ASCII,
                "X-Forwarded-Port: x", "X-Forwarded-Proto: " + NON_ASCII);
        add("no host", "GET " + read + " HTTP/1.1\r\nConnection: close\r\n\r\n");
        for (String host : List.of("", "a b", "[", "[::1", "[::1]x", "127.0.0.1:x", "127.0.0.1:99999999", ":", "a@b",
                "a/b", NON_ASCII, "a".repeat(5_000))) {
            add("host " + shown(host),
                    "GET " + read + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        }
    }

    private void bodies(String write, String method) {
        for (String type : List.of("*/*", "application/*", "/", "json", "application/json;charset=nonsense",
                "application/json;charset=", "application/json;;;", "text/plain", "application/yaml", "text/yaml",
                "application/x-yaml", "application/xml", "application/cbor", "application/x-jackson-smile",
                "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", NON_ASCII,
                "a/b;".repeat(500))) {
            body("Content-Type " + shown(type), method, write, type, "{}");
        }
        body("a form with a lone percent sign", method, write, "application/x-www-form-urlencoded", "a=%");
        body("invalid UTF-8", method, write, "application/json", "{\"" + NON_ASCII + "\":\"" + NON_ASCII + "\"}");
        body("an unpaired surrogate", method, write, "application/json", "{\"a\":\"\\ud800\"}");
        body("deep nesting", method, write, "application/json", "[".repeat(1_000));
        body("a long number", method, write, "application/json", "1".repeat(1_000));
        body("a great exponent", method, write, "application/json", "1e999999999");
        body("blanks", method, write, "application/json", " ".repeat(1_000));
        body("a byte order mark", method, write, "application/json", "\u00ef\u00bb\u00bf{}");
        body("UTF-16", method, write, "application/json", "\u00fe\u00ff\u0000{\u0000}");
        body("UTF-32", method, write, "application/json", "\u0000\u0000\u0000{\u0000\u0000\u0000}");
    }

    private void framing(String write, String method) {
        for (String length : List.of("-1", "99999999999999999999", "9223372036854775807", "x", "1,1", "0x10", "+2", "",
                "2000000000")) {
            add("Content-Length " + shown(length), head(method, write, "Content-Length: " + length) + "{}");
        }
        add("two lengths", head(method, write, "Content-Length: 2", "Content-Length: 3") + "{}x");
        for (String coding : List.of("nonsense", "chunked, nonsense", "nonsense, chunked", "chunked, chunked", "",
                "identity", "gzip, chunked", "\u000bchunked", NON_ASCII)) {
            add("Transfer-Encoding " + shown(coding),
                    head(method, write, "Transfer-Encoding: " + coding) + "2\r\n{}\r\n0\r\n\r\n");
        }
        add("a length and a coding",
                head(method, write, "Content-Length: 2", "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n");
        for (String chunks : List.of("x\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2{}\r\n0\r\n\r\n",
                "fffffffff\r\n{}", "2\r\n{}x\r\n0\r\n\r\n", "\r\n\r\n", "0".repeat(MANY) + "2\r\n{}\r\n0\r\n\r\n",
                "2;" + "a=b;".repeat(MANY) + "\r\n{}\r\n0\r\n\r\n")) {
            add("chunks " + shown(chunks), head(method, write, "Transfer-Encoding: chunked") + chunks);
        }
        add("many trailers", head(method, write, "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n"
                + "A: 1\r\n".repeat(MANY) + "\r\n");
        add("a long trailer", head(method, write, "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\nA: "
                + "a".repeat(20_000) + "\r\n\r\n");
        add("a trailer that is none",
                head(method, write, "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\nnonsense\r\n\r\n");
    }

    private void get(String name, String target) {
        add(name, "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private void with(String name, String path, String... headers) {
        add(name, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + String.join("\r\n", headers)
                + "\r\n\r\n");
    }

    private void body(String name, String method, String path, String type, String body) {
        add(name, head(method, path, "Content-Length: " + body.length()).replace("application/json", type) + body);
    }

    private static String head(String method, String path, String... headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private void add(String name, String text) {
        all.add(new Sent(name, text));
    }

    private static String shown(String value) {
        String printable = value.replaceAll("[^ -~]", "?");
        return printable.length() <= 40 ? printable : printable.substring(0, 40) + "…";
    }
}
