package org.cheesecoin.chain.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;

/**
 * A host as it may stand in a URL of this protocol: a name of RFC 1123, an IPv4 address of four numbers, or an IPv6
 * address in brackets. It is no wider than what the clients behind it can dial: java.net.URI, HTTP clients, resolvers and
 * TLS take each of them, and take it for the same host.
 *
 * @param text as it was written; names differ by more than upper and lower case
 */
public record Host(String text) {

    /** Longest name, in characters: of the 253 of DNS, what leaves a gossip URL 169. */
    public static final int MAX_NAME_CHARS = 150;

    /** Longest part of a name between two dots, in characters (RFC 1035, 2.3.4). */
    public static final int MAX_LABEL_CHARS = 63;

    /** What is a host, to end the sentence "it must be". */
    public static final String FORM = "a name of letters, digits, '-' and '.', an IPv4 address, or an IPv6 "
            + "address in brackets";

    private static final int IPV4_PARTS = 4;
    private static final int IPV6_GROUPS = 8;
    private static final int FIRST_MULTICAST = 224;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /**
     * Checks ENC-VALUE.
     *
     * @throws MalformedException if it has another form; {@code reason} says why
     */
    public Host {
        Optional<String> fault = faultOf(text);
        if (fault.isPresent()) {
            throw new MalformedException(
                    Violation.of(Rule.ENC_VALUE).with("host", text).with("reason", fault.get()).with("form", FORM));
        }
    }

    /** Whether it is the machine itself, whichever machine says so: nobody else reaches a member there. */
    public boolean isLoopback() {
        return text.equalsIgnoreCase("localhost")
                || text.regionMatches(true, Math.max(0, text.length() - 10), ".localhost", 0, 10)
                || isAddress(text) && text.startsWith("127.")
                || text.startsWith("[") && isIpv6Loopback();
    }

    /** The host without the brackets of an IPv6 address, as resolvers take it. */
    public String unbracketed() {
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }

    private boolean isIpv6Loopback() {
        List<Integer> groups = groups(unbracketed());
        return groups.subList(0, IPV6_GROUPS - 1).stream().allMatch(it -> it == 0) && groups.getLast() == 1;
    }

    /** What is wrong with this text as a host, in words; nothing if it is one. */
    public static Optional<String> faultOf(String text) {
        if (text.isEmpty()) {
            return Optional.of("there is no host");
        }
        if (text.startsWith("[")) {
            return text.endsWith("]") ? faultOfIpv6(text.substring(1, text.length() - 1))
                    : Optional.of("the bracket before an IPv6 address is not closed");
        }
        if (text.contains(":")) {
            return Optional.of("an IPv6 address stands in brackets");
        }
        if (text.length() > MAX_NAME_CHARS) {
            return Optional.of("the name has more than " + MAX_NAME_CHARS + " characters");
        }
        List<String> labels = Arrays.asList(text.split("\\.", -1));
        return isNumber(labels.getLast()) ? faultOfIpv4(labels) : faultOfName(labels);
    }

    private static boolean isAddress(String text) {
        return isNumber(text.substring(text.lastIndexOf('.') + 1));
    }

    /** Resolvers read a name that ends with a number as an address, in several ways. */
    private static boolean isNumber(String label) {
        return NUMBER.matcher(label).matches();
    }

    private static Optional<String> faultOfName(List<String> labels) {
        if (labels.size() > 1 && labels.getLast().isEmpty()) {
            return Optional.of("the name ends with a dot; leave it away");
        }
        for (String label : labels) {
            Optional<String> fault = faultOfLabel(label);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return labels.size() > 1 && isDigit(labels.getLast().charAt(0))
                ? Optional.of("the last part of a name with dots begins with a letter")
                : Optional.empty();
    }

    private static Optional<String> faultOfLabel(String label) {
        if (label.isEmpty()) {
            return Optional.of("the name has an empty part between two dots or before the first");
        }
        if (label.length() > MAX_LABEL_CHARS) {
            return Optional.of("a part of the name has more than " + MAX_LABEL_CHARS + " characters");
        }
        if (label.indexOf('_') >= 0) {
            return Optional.of("a host's name has no '_'; use '-'");
        }
        if (label.chars().anyMatch(it -> it > 0x7e)) {
            return Optional.of("a name beyond ASCII is written in its form with xn--");
        }
        if (!label.chars().allMatch(it -> isLetter(it) || isDigit(it) || it == '-')) {
            return Optional.of("a host's name has letters, digits, '-' and '.' only");
        }
        return label.startsWith("-") || label.endsWith("-")
                ? Optional.of("a part of a name neither begins nor ends with '-'")
                : Optional.empty();
    }

    private static Optional<String> faultOfIpv4(List<String> parts) {
        if (parts.size() != IPV4_PARTS || !parts.stream().allMatch(Host::isByte)) {
            return Optional
                    .of("what ends with a number is an IPv4 address: four numbers from 0 to 255, no zero before one");
        }
        int first = Integer.parseInt(parts.getFirst());
        return first == 0 || first >= FIRST_MULTICAST
                ? Optional.of("nobody can be dialled at this address")
                : Optional.empty();
    }

    private static boolean isByte(String part) {
        return part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255;
    }

    private static Optional<String> faultOfIpv6(String address) {
        if (address.indexOf('%') >= 0) {
            return Optional.of("the zone of an IPv6 address means something on one machine only; leave it away");
        }
        List<Integer> groups = groups(address);
        if (groups.size() != IPV6_GROUPS) {
            return Optional.of("that is no IPv6 address");
        }
        int first = groups.getFirst();
        if (first >> 8 == 0xff || groups.stream().allMatch(it -> it == 0)) {
            return Optional.of("nobody can be dialled at this address");
        }
        return (first & 0xffc0) == 0xfe80
                ? Optional.of("a link-local IPv6 address needs a zone, which means something on one machine only")
                : Optional.empty();
    }

    /** The eight groups; fewer or more where it is no address. */
    private static List<Integer> groups(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groupsOf(address, Tail.MAY_BE_IPV4);
        }
        List<Integer> before = gap == 0 ? List.of() : groupsOf(address.substring(0, gap), Tail.IS_GROUP);
        String rest = address.substring(gap + 2);
        List<Integer> after = rest.isEmpty() ? List.of() : groupsOf(rest, Tail.MAY_BE_IPV4);
        boolean isWrong = gap > 0 && before.isEmpty() || !rest.isEmpty() && after.isEmpty()
                || before.size() + after.size() >= IPV6_GROUPS;
        if (isWrong) {
            return List.of();
        }
        List<Integer> groups = new ArrayList<>(before);
        while (groups.size() + after.size() < IPV6_GROUPS) {
            groups.add(0);
        }
        groups.addAll(after);
        return groups;
    }

    private enum Tail {
        IS_GROUP,
        MAY_BE_IPV4
    }

    /** The groups of a text without a gap; none where it has anything else. */
    private static List<Integer> groupsOf(String text, Tail tail) {
        List<String> parts = Arrays.asList(text.split(":", -1));
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            List<String> bytes = Arrays.asList(part.split("\\.", -1));
            boolean isIpv4 = tail == Tail.MAY_BE_IPV4 && i == parts.size() - 1 && bytes.size() == IPV4_PARTS
                    && bytes.stream().allMatch(Host::isByte);
            if (isIpv4) {
                groups.add(Integer.parseInt(bytes.get(0)) << 8 | Integer.parseInt(bytes.get(1)));
                groups.add(Integer.parseInt(bytes.get(2)) << 8 | Integer.parseInt(bytes.get(3)));
            } else if (GROUP.matcher(part).matches()) {
                groups.add(Integer.parseInt(part, 16));
            } else {
                return List.of();
            }
        }
        return groups;
    }

    private static boolean isLetter(int character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    @Override
    public String toString() {
        return text;
    }
}
