package org.cheesecoin.member.persistence;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts what is long into rows: the key of a part is the cheese's id * 64 + its number. */
final class Parts {

    /** H2 takes 1 MiB at most in one value. */
    static final int MAX_PART_BYTES = 256 * 1024;

    /** 16 MiB in all: undo data of the largest cheese takes less than 4. */
    private static final int PARTS_EACH = 64;

    private Parts() {}

    static long firstId(long cheeseId) {
        return cheeseId * PARTS_EACH;
    }

    static long lastId(long cheeseId) {
        return cheeseId * PARTS_EACH + PARTS_EACH - 1;
    }

    /** The rows, at least one. */
    static List<Object[]> cut(long cheeseId, byte[] bytes) {
        List<Object[]> rows = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + MAX_PART_BYTES);
            rows.add(new Object[]{firstId(cheeseId) + rows.size(), Arrays.copyOfRange(bytes, from, to)});
            from = to;
        } while (from < bytes.length);
        if (rows.size() > PARTS_EACH) {
            throw new StoreFailure("too long to be cut into parts: " + bytes.length + " bytes");
        }
        return rows;
    }

    static byte[] join(List<byte[]> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(parts.size() * MAX_PART_BYTES);
        parts.forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
