package org.cheesecoin.member.persistence;

import org.hibernate.annotations.Immutable;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A cheese beside the best branch. The id is the cheese's. */
@Entity
@Immutable
@Table(name = "side_cheese")
@SuppressWarnings("unused")
class SideCheeseRow {

    @Id private long id;
    private int height;

    protected SideCheeseRow() {}
}
