package org.cheesecoin.web;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;

/** Reads what stands in a path, a query or a field; what cannot be read is a problem document with status 400. */
public final class Parameters {

    private static final int MAX_ECHO_CHARS = 100;
    private static final String HASH = "64 hex digits";

    private Parameters() {}

    /** The smell in this text. */
    public static Smell smell(String name, String text) {
        return read(name, text, HASH, Smell::fromHex);
    }

    /** The txid in this text. */
    public static Txid txid(String name, String text) {
        return new Txid(read(name, text, HASH, Hash256::fromHex));
    }

    /** The node id in this text. */
    public static NodeId nodeId(String name, String text) {
        return read(name, text, "66 hex digits, a compressed public key", NodeId::fromHex);
    }

    /** The signature in this text. */
    public static Signature signature(String name, String text) {
        return read(name, text, "128 hex digits, r and s, s the lower one",
                it -> Signature.of(HexFormat.of().parseHex(it)));
    }

    /** The gossip URL in this text. */
    public static GossipUrl gossipUrl(String name, String text) {
        return read(name, text, "ws://host:port/gossip or wss://host:port/gossip", GossipUrl::new);
    }

    /** The address in this text. */
    public static Address address(String name, String text) {
        return switch (Address.parse(text)) {
            case Outcome.Passed<Address>(Address address) -> address;
            case Outcome.Refused<Address>(var violation) -> throw new Refusal(
                    ProblemDocument.of(Problem.INVALID_VALUE, violation).with(ProblemDocument.FIELD, name));
        };
    }

    /** What is made of a field's value; a constructor that refuses it has named its rule. */
    public static <T> T check(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (MalformedException e) {
            throw new Refusal(
                    ProblemDocument.of(Problem.INVALID_VALUE, e.violation()).with(ProblemDocument.FIELD, name));
        }
    }

    /** The number of items that a page may have. */
    public static int limit(int limit) {
        if (limit < 1 || limit > Page.MAX_ITEMS) {
            throw Refusal.invalid("limit", limit, "from 1 to " + Page.MAX_ITEMS);
        }
        return limit;
    }

    /** How many items the pages before this one had, where a cursor is such a count. */
    public static int offset(Optional<String> cursor) {
        return cursor.map(it -> it.matches("[0-9]{1,9}") ? Integer.parseInt(it) : badCursor(it)).orElse(0);
    }

    /** Where to go on, where a cursor is a number; the start where there is none. */
    public static long position(Optional<String> cursor, long start) {
        return cursor.map(it -> it.matches("[0-9]{1,18}") ? Long.valueOf(it) : Parameters.<Long>badCursor(it))
                .orElse(start);
    }

    /** One of the constants of an enum, in lower case; all of them are named where it is none. */
    public static <E extends Enum<E>> E oneOf(String name, String text, Class<E> values) {
        for (E value : values.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        StringBuilder names = new StringBuilder("one of");
        for (E value : values.getEnumConstants()) {
            names.append(' ').append(value.name().toLowerCase(Locale.ROOT));
        }
        throw Refusal.invalid(name, echo(text), names.toString());
    }

    /** A cursor that no page of this list gave. */
    public static <T> T badCursor(String cursor) {
        throw Refusal.invalid("cursor", echo(cursor), "the 'nextCursor' of an earlier page of this list");
    }

    /** So much of a stranger's text as may come back to it. */
    public static String echo(String text) {
        return text.length() <= MAX_ECHO_CHARS ? text : text.substring(0, MAX_ECHO_CHARS) + "…";
    }

    private static <T> T read(String name, String text, String form, Function<String, T> reader) {
        try {
            return check(name, () -> reader.apply(text));
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid(name, echo(text), form);
        }
    }
}
