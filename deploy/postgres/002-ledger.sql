-- What happened to every usage record, one line each. What was written stays: the database itself refuses to change
-- it. Writers take turns by a lock, so that lines become visible in the order of their sequence, and whoever reads on
-- behind the last one misses none.

CREATE TABLE ledger (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    product text NOT NULL,
    customer text NOT NULL,
    ordinal integer NOT NULL,
    hour_start bigint NOT NULL,
    line text NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    dimension text NOT NULL,
    customer_identifier text,
    aws_account_id text,
    license_arn text,
    timestamp_seconds bigint NOT NULL,
    quantity integer NOT NULL,
    metering_record_id text,
    code text,
    message text,
    request_id text,
    acted_by text,
    reason text);

CREATE UNIQUE INDEX ledger_line ON ledger (tenant, product, customer, ordinal, hour_start, line);
CREATE INDEX ledger_product ON ledger (tenant, product, sequence);
CREATE INDEX ledger_hour ON ledger (tenant, product, hour_start, sequence);
CREATE INDEX ledger_receipt ON ledger (metering_record_id) WHERE metering_record_id IS NOT NULL;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END
$$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
