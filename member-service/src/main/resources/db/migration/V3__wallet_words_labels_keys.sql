-- When the owner gave words back that were shown: from then on they are shown no more.
ALTER TABLE wallet_state ADD COLUMN words_acknowledged_millis BIGINT;

-- What the owner calls an address.
ALTER TABLE wallet_address ADD COLUMN label VARCHAR(100);

-- Of a payment that was replaced or is in conflict: the one that took its place.
ALTER TABLE wallet_transaction ADD COLUMN other_txid BYTEA;

-- What was paid under an Idempotency-Key, written with the payment itself. Ids count up; the oldest are let go.
CREATE TABLE wallet_payment_key (
    id BIGINT PRIMARY KEY,
    idempotency_key VARCHAR(200) NOT NULL,
    order_digest BYTEA NOT NULL,
    txid BYTEA NOT NULL,
    fee_crumbs BIGINT NOT NULL,
    change_crumbs BIGINT NOT NULL,
    size_bytes INTEGER NOT NULL
);
CREATE UNIQUE INDEX wallet_payment_key_by_key ON wallet_payment_key (idempotency_key);
