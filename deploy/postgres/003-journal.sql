-- The usage journal: every acknowledged request of every customer, until a snapshot holds it and the retention is over.
-- A customer's partition is a hash of its key. A row is what a partition received in one commit of one silo; its number
-- is the order of the partition's rows, and with an entry's place in the row it is the entry's position.
-- Whoever appends shares the lock of the partition before the row gets its number, and whoever reads waits for that
-- lock once, so that no row becomes visible below a number that was read before.

CREATE TABLE usage_journal (
    partition integer NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    -- 0: entries of customers. 1: up to which positions snapshots of customers hold everything.
    kind smallint NOT NULL,
    written_at timestamptz NOT NULL,
    checksum bigint NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (partition, number));

-- Compressing rows would cost an append more than writing them.
ALTER TABLE usage_journal ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE INDEX usage_journal_written_at ON usage_journal (written_at);

-- Every entry of a partition up to its row here is covered by snapshots; recovery begins behind it.
CREATE TABLE usage_journal_mark (
    partition integer PRIMARY KEY,
    number bigint NOT NULL);
