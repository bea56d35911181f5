-- The usage journal: every acknowledged request of every customer, until a snapshot holds it and the retention is over.
-- Whoever appends shares the lock of the customer's partition, and whoever reads waits for it once, so that no entry
-- becomes visible below a position that was read before. A customer's key is bytes, as it may hold any character.

CREATE TABLE usage_journal (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer bytea NOT NULL,
    written_at timestamptz NOT NULL,
    payload bytea NOT NULL);

CREATE INDEX usage_journal_customer ON usage_journal (customer, position);

-- Up to which position a customer's snapshot holds everything.
CREATE TABLE usage_journal_cover (
    customer bytea PRIMARY KEY,
    position bigint NOT NULL);
