-- What happened to every usage record, many lines a row. What was written stays: the database itself refuses to change
-- it. Writers take turns by a lock, so that lines become visible in the order of their sequence, and whoever reads on
-- behind the last one misses none.

-- Lines of one product and hour that were written together. The row's sequence is that of its first line; the others
-- follow. What the columns of bytes hold is the program's: keys are hashes of customers and receipts, 4 bytes each;
-- known are hashes of lines, 16 bytes each, by which none is written twice; payload are the lines.
CREATE TABLE ledger (
    sequence bigint PRIMARY KEY,
    tenant text NOT NULL,
    product text NOT NULL,
    hour_start bigint NOT NULL,
    lines integer NOT NULL,
    kinds integer NOT NULL,
    keys bytea NOT NULL,
    known bytea NOT NULL,
    payload bytea NOT NULL);

-- Hashes have nothing to compress.
ALTER TABLE ledger ALTER COLUMN keys SET STORAGE EXTERNAL, ALTER COLUMN known SET STORAGE EXTERNAL;

CREATE INDEX ledger_product ON ledger (tenant, product, sequence);
CREATE INDEX ledger_hour ON ledger (tenant, product, hour_start, sequence);

-- Which rows have a key, for each 32,768 sequences that are over. It comes out of the rows and can be made again.
CREATE TABLE ledger_key (
    bucket integer NOT NULL,
    epoch bigint NOT NULL,
    entries bytea NOT NULL,
    PRIMARY KEY (bucket, epoch));

ALTER TABLE ledger_key ALTER COLUMN entries SET STORAGE EXTERNAL;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
