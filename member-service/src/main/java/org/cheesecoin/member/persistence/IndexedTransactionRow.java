package org.cheesecoin.member.persistence;

import org.hibernate.annotations.Immutable;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Where a transaction stands; the indexer writes it. */
@Entity
@Immutable
@Table(name = "indexed_transaction")
@SuppressWarnings({"NullAway.Init", "unused"})
class IndexedTransactionRow {

    /** No cheese has as many transactions. */
    static final long POSITIONS = 1L << 20;

    @Id private long id;
    private byte[] txid;
    private int offsetBytes;
    private int sizeBytes;

    protected IndexedTransactionRow() {}

    static long id(long cheeseId, int position) {
        return cheeseId * POSITIONS + position;
    }

    long id() {
        return id;
    }

    long cheeseId() {
        return id / POSITIONS;
    }

    int position() {
        return (int) (id % POSITIONS);
    }

    int offsetBytes() {
        return offsetBytes;
    }

    int sizeBytes() {
        return sizeBytes;
    }
}
