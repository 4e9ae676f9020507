package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.consensus.StackedHeader;
import org.hibernate.annotations.Immutable;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A stored cheese without its body; the loop writes it. */
@Entity
@Immutable
@Table(name = "cheese")
@SuppressWarnings("NullAway.Init")
class CheeseRow {

    @Id private long id;
    private byte[] smell;
    private int height;
    private byte[] parentSmell;
    private byte[] header;
    private long parentTimeMillis;
    private int baseTarget;
    private byte[] totalWork;
    private int sizeBytes;
    private int transactionCount;

    protected CheeseRow() {}

    long id() {
        return id;
    }

    int height() {
        return height;
    }

    StoredCheese value(StoredCheese.Branch branch) {
        StackedHeader stacked = Rows.header(header, smell, parentTimeMillis, baseTarget, totalWork);
        return new StoredCheese(stacked, branch, sizeBytes, transactionCount);
    }
}
