package org.cheesecoin.member.persistence;

import org.hibernate.annotations.Immutable;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** One height of the best branch. */
@Entity
@Immutable
@Table(name = "best_cheese")
@SuppressWarnings({"NullAway.Init", "unused"})
class BestCheeseRow {

    @Id private int height;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "cheese_id") private CheeseRow cheese;

    protected BestCheeseRow() {}
}
