package org.cheesecoin.system.strangers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.cheesecoin.system.strangers.Attack.Target;

/** What can be done to a web server with requests: unfinished, slow, odd, dear, or left before the answer is read. */
final class Requests {

    private static final int LINES = 8;
    private static final int BYTE_MILLIS = 1_000;
    private static final int BODY_BYTES = 900_000;
    private static final String DEFLATE_WITH_A_SENSELESS_WINDOW = "Sec-WebSocket-Extensions: permessage-deflate; "
            + "server_max_window_bits=999\r\n";

    private Requests() {}

    static List<Attack> onMember() {
        return Stream.concat(onEither(Target.MEMBER, "/transactions", "/node"), Stream.of(
                Attack.onMember("HEAD /events 200 times", Requests::headsOfEvents),
                Attack.onMember("event streams, unread", Requests::eventsUnread),
                Attack.onMember("odd requests", Requests::oddRequests),
                Attack.onMember("a megabyte of blanks as YAML", Requests::yaml),
                Attack.onMember("a megabyte of JSON without sense", Requests::senselessJson),
                Attack.onMember("old cheeses over REST, unread", (aim, hands) -> unread(aim.memberPort(), hands,
                        "/cheeses/" + aim.fat() + "/raw")),
                Attack.onMember("old cheeses over REST, hung up in the middle", (aim, hands) -> hangUp(
                        aim.memberPort(), hands, List.of("/cheeses/" + aim.fat() + "/raw",
                                "/cheeses/" + aim.fat() + "/transactions?limit=200"))),
                Attack.onMember("dear reads", Requests::dearReads),
                Attack.onMember("owner's calls with a megabyte and the wrong token", Requests::wrongTokens)))
                .toList();
    }

    static List<Attack> onTracker() {
        return Stream.concat(onEither(Target.TRACKER, "/peers/" + "02".repeat(33), "/v3/api-docs"), Stream.of(
                Attack.onTracker("tracker: odd requests", Requests::oddRequestsOfTracker),
                Attack.onTracker("tracker: its network read without end", (aim, hands) -> hammer(aim.trackerPort(),
                        hands,
                        List.of("/networks/" + aim.networkId(), "/peers?limit=100&network=" + aim.networkId())))))
                .toList();
    }

    /** What both services stand in the same way. */
    private static Stream<Attack> onEither(Target target, String writable, String readable) {
        boolean member = target == Target.MEMBER;
        String method = member ? "POST" : "PUT";
        int bodyBytes = member ? BODY_BYTES : 16_000;
        Function<Aim, Integer> port = member ? Aim::memberPort : Aim::trackerPort;
        BiFunction<String, Attack.Deed, Attack> attack = (name, deed) -> member ? Attack.onMember(name, deed)
                : Attack.onTracker("tracker: " + name, deed);
        return Stream.of(
                attack.apply("600 bodies of a byte a second", (aim, hands) -> slowly(port.apply(aim), hands, 600,
                        head(method, port.apply(aim), writable, bodyBytes, "application/json") + "{")),
                attack.apply("900 heads of a byte a second", (aim, hands) -> slowly(port.apply(aim), hands, 900,
                        "GET " + readable + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ")),
                attack.apply("2,000 connections that say nothing", (aim, hands) -> idle(port.apply(aim), hands, ""))
                        .slow(),
                attack.apply("1,500 connections kept alive", (aim, hands) -> idle(port.apply(aim), hands,
                        get(port.apply(aim), readable))).slow(),
                attack.apply("hanging up in the middle of an answer", (aim, hands) -> hangUp(port.apply(aim), hands,
                        List.of("/v3/api-docs", readable))),
                attack.apply("pipelined requests, unread", (aim, hands) -> unread(port.apply(aim), hands,
                        "/v3/api-docs")),
                attack.apply("the contract and the metrics read without end", (aim, hands) -> hammer(port.apply(aim),
                        hands, List.of("/v3/api-docs", "/actuator/prometheus", "/actuator/health", "/"))),
                attack.apply("random bytes", (aim, hands) -> noise(port.apply(aim), hands)),
                attack.apply("chunks of one byte without end", (aim, hands) -> chunks(port.apply(aim), hands, method,
                        writable)));
    }

    static String get(int port, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    }

    static String post(int port, String path, int bodyBytes, String contentType) {
        return head("POST", port, path, bodyBytes, contentType);
    }

    static String head(String method, int port, String path, int bodyBytes, String contentType) {
        return "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, port, contentType, bodyBytes);
    }

    private static void slowly(int port, Hands hands, int count, String beginning) {
        hands.side(count, _ -> hands.again(50, _ -> {
            Line line = hands.dial(port).write(beginning);
            while (hands.isBusy()) {
                hands.rest(BYTE_MILLIS);
                line.write(" ");
            }
        }));
    }

    private static void idle(int port, Hands hands, String request) {
        int count = request.isEmpty() ? 2_000 : 1_500;
        hands.side(count, _ -> hands.again(50, _ -> {
            Line line = hands.dial(port).write(request);
            // returns when the other end hangs up
            line.swallow();
            hands.rest(100);
        }));
    }

    private static void hangUp(int port, Hands hands, List<String> paths) {
        hands.side(LINES, worker -> hands.again(250, number -> {
            Line line = hands.dial(port).write(get(port, paths.get(number % paths.size())));
            if (number % 3 > 0) {
                int _ = line.read();
            }
            hands.rest((number + worker) % 5);
            hands.drop(line);
        }));
    }

    private static void noise(int port, Hands hands) {
        hands.side(LINES, _ -> hands.again(500, _ -> {
            Line line = hands.dial(port).write(Forgeries.bytes(1_000)).write("\r\n\r\n");
            String _ = line.readHead();
            hands.drop(line);
        }));
    }

    private static void unread(int port, Hands hands, String path) {
        String requests = get(port, path).repeat(100);
        hands.side(100, _ -> hands.again(50, _ -> {
            Line line = hands.dial(port);
            while (hands.isBusy()) {
                line.write(requests);
            }
        }));
    }

    private static void hammer(int port, Hands hands, List<String> paths) {
        String requests = paths.stream().map(path -> get(port, path)).reduce("", String::concat).repeat(5);
        hands.side(LINES, _ -> hands.again(50, _ -> {
            Line line = hands.dial(port);
            hands.start(line::swallow);
            while (hands.isBusy()) {
                line.write(requests);
                hands.rest(20);
            }
        }));
    }

    private static void dearReads(Aim aim, Hands hands) {
        String fat = "/cheeses/" + aim.fat();
        hammer(aim.memberPort(), hands, List.of(fat + "/transactions?limit=200", fat + "/raw", "/cheeses?limit=200",
                "/transactions?state=confirmed&limit=200", "/transactions?state=pending&limit=200",
                "/mempool?limit=200", "/peers?state=known&limit=200", "/supply", "/fees",
                "/cheeses?branch=all&limit=200"));
    }

    private static void chunks(int port, Hands hands, String method, String path) {
        String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                .formatted(method, path, port) + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
        String chunks = ("1;" + "x".repeat(100) + "\r\n \r\n").repeat(100);
        hands.side(LINES, _ -> hands.again(100, _ -> {
            Line line = hands.dial(port).write(head);
            hands.start(line::swallow);
            while (hands.isBusy()) {
                line.write(chunks);
            }
        }));
    }

    private static void headsOfEvents(Aim aim, Hands hands) {
        int port = aim.memberPort();
        hands.side(LINES, _ -> hands.again(25, _ -> {
            Line line = hands.dial(port).write("HEAD /events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
            hands.rest(50);
            hands.drop(line);
        }));
    }

    private static void eventsUnread(Aim aim, Hands hands) {
        hands.side(200, _ -> hands.again(5, _ -> {
            Line _ = hands.dial(aim.memberPort()).write(get(aim.memberPort(), "/events"));
            hands.stay();
        }));
    }

    private static void oddRequests(Aim aim, Hands hands) {
        int port = aim.memberPort();
        odd(port, hands, Stream.concat(oddOnes(port, "/peers", "/transactions", "POST"), Stream.of(
                request("GET /events HTTP/1.1", port, "Last-Event-ID: \u0080\u00ff", ""),
                RawLink.upgrade(port, DEFLATE_WITH_A_SENSELESS_WINDOW),
                RawLink.upgrade(port, "Sec-WebSocket-Protocol: " + "a,".repeat(2_000) + "b\r\n"),
                RawLink.upgrade(port, "Sec-WebSocket-Extensions: " + "x;".repeat(2_000) + "y\r\n"),
                RawLink.upgrade(port, "Origin: null\r\n"),
                request("GET /gossip HTTP/1.1", port, "Upgrade: websocket", ""),
                request("GET /cheeses/%00 HTTP/1.1", port, "", ""),
                request("GET /cheeses?cursor=%c0%af HTTP/1.1", port, "", ""),
                request("GET /addresses/%F0%9F%A7%80/coins HTTP/1.1", port, "", ""))).toList());
    }

    private static void oddRequestsOfTracker(Aim aim, Hands hands) {
        int port = aim.trackerPort();
        String id = "/peers/" + "02".repeat(33);
        odd(port, hands, Stream.concat(oddOnes(port, "/peers", id, "PUT"), Stream.of(
                request("GET /peers?network=%00 HTTP/1.1", port, "", ""),
                request("DELETE " + id + "?issuedAtMillis=-1&signature=x HTTP/1.1", port, "", ""))).toList());
    }

    private static Stream<String> oddOnes(int port, String readable, String writable, String method) {
        String parameters = String.join("&", IntStream.range(0, 60).mapToObj(it -> "p" + it + "=1").toList());
        String write = method + " " + writable + " HTTP/1.1";
        return Stream.of(
                request("GET " + readable + "?limit=% HTTP/1.1", port, "", ""),
                request("GET " + readable + "?" + parameters + " HTTP/1.1", port, "", ""),
                request("GET " + readable + "?limit=%ff%fe HTTP/1.1", port, "", ""),
                request("GET " + readable + ";a=b/../x HTTP/1.1", port, "", ""),
                request("GET " + readable + " HTTP/1.1", port, "Accept: */*;q=x, ;;;", ""),
                request("GET " + readable + " HTTP/1.1", port, "Accept-Language: " + "x-".repeat(500), ""),
                request("GET " + readable + " HTTP/1.1", port, "Range: bytes=0-0," + "1-2,".repeat(500), ""),
                request("GET " + readable + " HTTP/1.1", port, "Expect: 200-maybe", ""),
                request("GET " + readable + " HTTP/1.1", port, "If-Modified-Since: yesterday", ""),
                request("GET " + readable + " HTTP/1.1", port, "Cookie: =;=;$Version=x;" + "a=b;".repeat(500), ""),
                request("OPTIONS * HTTP/1.1", port, "", ""),
                request("TRACE " + readable + " HTTP/1.1", port, "", ""),
                request("BREW " + readable + " HTTP/1.1", port, "", ""),
                request("GET http://elsewhere.example" + readable + " HTTP/1.1", port, "", ""),
                request(write, port, "Content-Type: */*", "{}"),
                request(write, port, "Content-Type: application/json; charset=utf-99", "{}"),
                request(write, port, "Content-Type: application/json; charset=utf-16", "{}"),
                request(write, port, "Content-Type: application/cbor", "\u00bf\u00ff"),
                request(write, port, "Content-Type: application/xml", "<a/>"),
                request(write, port, "Content-Type: application/x-www-form-urlencoded", "a=%"),
                request(write, port, "Content-Type: multipart/form-data; boundary=x", "--x\r\n"),
                request(write, port, "Content-Type: ;;;", "{}"),
                request(write, port, "Content-Encoding: gzip\r\nContent-Type: application/json", "{}"),
                write + "\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\n{}\r\n0\r\n" + "x: y\r\n".repeat(5_000) + "\r\n",
                write + "\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                write + "\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
                write + "\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "GET " + readable + " HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
                "GET " + readable + " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET " + readable + " HTTP/1.1\r\n\r\n",
                "GET " + readable + " HTTP/9.9\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET " + readable + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "A: b\r\n".repeat(500) + "\r\n",
                "GET /" + "x".repeat(30_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
    }

    private static String request(String line, int port, String header, String body) {
        return line + "\r\nHost: 127.0.0.1:" + port + "\r\n" + (header.isEmpty() ? "" : header + "\r\n")
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    /** Each of them from a connection of its own, a few rounds of all. */
    private static void odd(int port, Hands hands, List<String> requests) {
        hands.side(LINES, _ -> hands.again(4 * requests.size(), number -> {
            Line line = hands.dial(port);
            line.write(requests.get(number % requests.size()));
            String _ = line.readHead();
            hands.drop(line);
        }));
    }

    private static void body(Aim aim, Hands hands, String path, String contentType, String body, String authorization) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        String head = "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(path, aim.memberPort(), contentType, bytes.length, authorization);
        hands.side(LINES, _ -> hands.again(200, _ -> {
            Line line = hands.dial(aim.memberPort()).write(head).write(bytes);
            String _ = line.readHead();
            hands.drop(line);
        }));
    }

    private static void yaml(Aim aim, Hands hands) {
        body(aim, hands, "/transactions", "application/yaml", " ".repeat(BODY_BYTES) + "hex: 00", "");
    }

    private static void senselessJson(Aim aim, Hands hands) {
        body(aim, hands, "/transactions", "application/json", "{\"hex\": \"" + "00".repeat(BODY_BYTES / 2) + "\"}", "");
    }

    private static void wrongTokens(Aim aim, Hands hands) {
        body(aim, hands, "/wallet/payments", "application/json", "{\"to\": \"" + "x".repeat(BODY_BYTES) + "\"}",
                "Authorization: Bearer wrong-wrong-wrong-wrong\r\n");
    }
}
