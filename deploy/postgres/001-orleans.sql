-- What the Orleans AdoNet packages need: who is in the cluster, states of actors, reminders; and the statements, by
-- the names and parameters that the packages know, so that tables and columns are ours. Each statement is atomic by
-- itself; who comes second with an old version changes nothing and is told so.

CREATE TABLE orleans_query (
    query_key text PRIMARY KEY,
    query_text text NOT NULL);

-- The packages ask for this name.
CREATE VIEW orleansquery AS SELECT query_key AS querykey, query_text AS querytext FROM orleans_query;

-- A cluster's version goes up with every change to the rows of its silos.
CREATE TABLE orleans_cluster (
    cluster_id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0);

CREATE TABLE orleans_silo (
    cluster_id text NOT NULL REFERENCES orleans_cluster ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation));

CREATE TABLE orleans_state (
    service_id text NOT NULL,
    grain_type text NOT NULL,
    grain_n0 bigint NOT NULL,
    grain_n1 bigint NOT NULL,
    grain_key text NOT NULL,
    version integer NOT NULL,
    payload bytea,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service_id, grain_type, grain_n0, grain_n1, grain_key));

CREATE TABLE orleans_reminder (
    service_id text NOT NULL,
    grain_id text NOT NULL,
    reminder_name text NOT NULL,
    start_time timestamptz NOT NULL,
    period_milliseconds bigint NOT NULL,
    grain_hash integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (service_id, grain_id, reminder_name));

CREATE INDEX orleans_reminder_hash ON orleans_reminder (service_id, grain_hash);

INSERT INTO orleans_query (query_key, query_text) VALUES

('InsertMembershipVersionKey', $$
WITH added AS (
    INSERT INTO orleans_cluster (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM added
$$),

('InsertMembershipKey', $$
WITH cluster AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM orleans_silo
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id),
added AS (
    INSERT INTO orleans_silo (
        cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
        @IAmAliveTime
    FROM cluster RETURNING 1)
SELECT count(*)::integer FROM added
$$),

('UpdateMembershipKey', $$
WITH cluster AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM orleans_silo
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id),
changed AS (
    UPDATE orleans_silo silo SET status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
    FROM cluster
    WHERE silo.cluster_id = cluster.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
SELECT count(*)::integer FROM changed
$$),

('UpdateIAmAlivetimeKey', $$
UPDATE orleans_silo SET i_am_alive_time = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),

('MembershipReadRowKey', $$
SELECT cluster.cluster_id AS deploymentid, address, port, generation, silo_name AS siloname, host_name AS hostname,
    status, proxy_port AS proxyport, suspect_times AS suspecttimes, start_time AS starttime,
    i_am_alive_time AS iamalivetime, version
FROM orleans_cluster cluster LEFT JOIN orleans_silo silo
    ON silo.cluster_id = cluster.cluster_id AND address = @Address AND port = @Port AND generation = @Generation
WHERE cluster.cluster_id = @DeploymentId
$$),

('MembershipReadAllKey', $$
SELECT cluster.cluster_id AS deploymentid, address, port, generation, silo_name AS siloname, host_name AS hostname,
    status, proxy_port AS proxyport, suspect_times AS suspecttimes, start_time AS starttime,
    i_am_alive_time AS iamalivetime, version
FROM orleans_cluster cluster LEFT JOIN orleans_silo silo ON silo.cluster_id = cluster.cluster_id
WHERE cluster.cluster_id = @DeploymentId
$$),

('DeleteMembershipTableEntriesKey', $$
DELETE FROM orleans_cluster WHERE cluster_id = @DeploymentId
$$),

-- 3 is an active silo, 6 a dead one. Orleans 10.4 deletes dead ones one by one, as it has just read them.
('GatewaysQueryKey', $$
SELECT address, proxy_port AS proxyport, generation FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$$),

('CleanupDefunctSiloEntriesKey', $$
DELETE FROM orleans_silo WHERE cluster_id = @DeploymentId AND i_am_alive_time < @IAmAliveTime AND status = 6
$$),

('CleanupDefunctSiloEntryKey', $$
DELETE FROM orleans_silo
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
    AND start_time = @StartTime AND i_am_alive_time = @IAmAliveTime
    AND coalesce(suspect_times, '') = coalesce(@SuspectTimes::text, '')
$$),

('ReadFromStorageKey', $$
SELECT payload AS payloadbinary, version FROM orleans_state
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_n0 = @GrainIdN0 AND grain_n1 = @GrainIdN1
    AND grain_key = coalesce(@GrainIdExtensionString::text, '')
$$),

-- Answers the new version, or, when nothing was written, the one that was given, which Orleans takes for a conflict.
('WriteToStorageKey', $$
WITH added AS (
    INSERT INTO orleans_state (service_id, grain_type, grain_n0, grain_n1, grain_key, version, payload)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''),
        (random() * 1000000000)::integer, @PayloadBinary::bytea
    WHERE @GrainStateVersion::integer IS NULL
    ON CONFLICT DO NOTHING RETURNING version),
changed AS (
    UPDATE orleans_state SET payload = @PayloadBinary::bytea, version = version + 1, changed_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_n0 = @GrainIdN0
        AND grain_n1 = @GrainIdN1 AND grain_key = coalesce(@GrainIdExtensionString::text, '')
        AND version = @GrainStateVersion::integer
    RETURNING version)
SELECT coalesce(
    (SELECT version FROM added), (SELECT version FROM changed), @GrainStateVersion::integer) AS newgrainstateversion
$$),

-- The version stays, so that whoever still has the old state can't write it again.
('ClearStorageKey', $$
WITH changed AS (
    UPDATE orleans_state SET payload = NULL, version = version + 1, changed_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_n0 = @GrainIdN0
        AND grain_n1 = @GrainIdN1 AND grain_key = coalesce(@GrainIdExtensionString::text, '')
        AND version = @GrainStateVersion::integer
    RETURNING version)
SELECT coalesce((SELECT version FROM changed), @GrainStateVersion::integer) AS newgrainstateversion
$$),

('DeleteStorageKey', $$
WITH gone AS (
    DELETE FROM orleans_state
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND grain_n0 = @GrainIdN0
        AND grain_n1 = @GrainIdN1 AND grain_key = coalesce(@GrainIdExtensionString::text, '')
        AND version = @GrainStateVersion::integer
    RETURNING version)
SELECT coalesce((SELECT version + 1 FROM gone), @GrainStateVersion::integer) AS newgrainstateversion
$$),

('UpsertReminderRowKey', $$
INSERT INTO orleans_reminder AS known (
    service_id, grain_id, reminder_name, start_time, period_milliseconds, grain_hash, version)
VALUES (
    @ServiceId, @GrainId, @ReminderName, @StartTime, @Period::bigint, @GrainHash, (random() * 1000000000)::integer)
ON CONFLICT (service_id, grain_id, reminder_name) DO UPDATE SET
    start_time = excluded.start_time, period_milliseconds = excluded.period_milliseconds,
    grain_hash = excluded.grain_hash, version = known.version + 1
RETURNING version
$$),

('ReadReminderRowsKey', $$
SELECT grain_id AS grainid, reminder_name AS remindername, start_time AS starttime, period_milliseconds AS period, version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
$$),

('ReadReminderRowKey', $$
SELECT grain_id AS grainid, reminder_name AS remindername, start_time AS starttime, period_milliseconds AS period, version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName
$$),

('ReadRangeRows1Key', $$
SELECT grain_id AS grainid, reminder_name AS remindername, start_time AS starttime, period_milliseconds AS period, version
FROM orleans_reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$$),

('ReadRangeRows2Key', $$
SELECT grain_id AS grainid, reminder_name AS remindername, start_time AS starttime, period_milliseconds AS period, version
FROM orleans_reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$$),

('DeleteReminderRowKey', $$
WITH gone AS (
    DELETE FROM orleans_reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName AND version = @Version
    RETURNING 1)
SELECT count(*)::integer FROM gone
$$),

('DeleteReminderRowsKey', $$
DELETE FROM orleans_reminder WHERE service_id = @ServiceId
$$);
