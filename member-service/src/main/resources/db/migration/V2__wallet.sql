-- The wallet of this member. Its keys are not here: they follow from <data>/wallet.key. The loop writes these rows in
-- the same transaction as the change of the stack or the mempool that they follow from.

-- One row: up to which cheese of the best branch the wallet has read, and when its words were shown.
CREATE TABLE wallet_state (
    id INTEGER PRIMARY KEY,
    mark_height INTEGER NOT NULL,
    mark_smell BYTEA NOT NULL,
    words_shown_millis BIGINT
);

-- Own addresses, known ahead of their use. State: KNOWN, GIVEN to somebody, USED in the stack.
CREATE TABLE wallet_address (
    branch SMALLINT NOT NULL,
    address_index INTEGER NOT NULL,
    address BYTEA NOT NULL,
    state VARCHAR(8) NOT NULL,
    PRIMARY KEY (branch, address_index)
);

-- Own coins in the stack, up to the mark.
CREATE TABLE wallet_coin (
    txid BYTEA NOT NULL,
    output_index INTEGER NOT NULL,
    amount_crumbs BIGINT NOT NULL,
    address BYTEA NOT NULL,
    height INTEGER NOT NULL,
    origin VARCHAR(8) NOT NULL,
    PRIMARY KEY (txid, output_index)
);

-- Every transaction that touched the wallet, whatever became of it, in the order in which it was first seen.
CREATE TABLE wallet_transaction (
    txid BYTEA PRIMARY KEY,
    sequence BIGINT NOT NULL,
    kind VARCHAR(8) NOT NULL,
    state VARCHAR(10) NOT NULL,
    height INTEGER,
    first_seen_millis BIGINT NOT NULL,
    credited_crumbs BIGINT NOT NULL,
    debited_crumbs BIGINT NOT NULL,
    fee_crumbs BIGINT,
    counterparties VARCHAR(1000) NOT NULL
);
CREATE UNIQUE INDEX wallet_transaction_by_sequence ON wallet_transaction (sequence);
