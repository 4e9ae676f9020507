-- What the explorer asks for at once, however much there is of it.

-- What an address has on the indexed branch: the sum over its rows in address_coin. Of one that has no more the row stays.
CREATE TABLE address_balance (
    address BYTEA PRIMARY KEY,
    balance_crumbs BIGINT NOT NULL,
    coin_count BIGINT NOT NULL
);
INSERT INTO address_balance (address, balance_crumbs, coin_count)
    SELECT address, SUM(amount_crumbs), COUNT(*) FROM address_coin GROUP BY address;

-- All coins of the indexed branch together.
ALTER TABLE index_state ADD COLUMN circulating_crumbs BIGINT DEFAULT 0 NOT NULL;
UPDATE index_state SET circulating_crumbs = (SELECT COALESCE(SUM(balance_crumbs), 0) FROM address_balance);

-- Lists of cheeses go by height, and by arrival within one.
DROP INDEX cheese_by_height;
CREATE INDEX cheese_by_height_and_id ON cheese (height, id);

-- The cheeses that are not on the best branch. The loop writes it together with best_cheese.
CREATE TABLE side_cheese (
    id BIGINT PRIMARY KEY,
    height INTEGER NOT NULL
);
CREATE INDEX side_cheese_by_height_and_id ON side_cheese (height, id);
INSERT INTO side_cheese (id, height)
    SELECT c.id, c.height FROM cheese c LEFT JOIN best_cheese b ON b.cheese_id = c.id WHERE b.cheese_id IS NULL;
