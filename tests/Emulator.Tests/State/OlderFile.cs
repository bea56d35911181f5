namespace Tally.Emulator.Tests.State;

/// <summary>What older emulators left behind: one product, its customers, a licence, a token and a record.</summary>
internal static class OlderFile
{
    public const string RecordId = "6f1b3d6e-2f63-4d38-8a10-2f7a4f0c6f11";

    private static readonly long RecordSeconds =
        new DateTimeOffset(2026, 11, 23, 10, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private static readonly long RecordTicks = DateTimeOffset.FromUnixTimeSeconds(RecordSeconds).UtcTicks;

    /// <summary>The statements that make the file; version 1 knew no allocations.</summary>
    public static string Sql(int version) =>
        $"""
        CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE products(code TEXT PRIMARY KEY, open_to_all INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE dimensions(
            product TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(product, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE customers(
            product TEXT NOT NULL, customer TEXT NOT NULL, subscribed INTEGER NOT NULL,
            PRIMARY KEY(product, customer)) STRICT, WITHOUT ROWID;
        CREATE TABLE licenses(
            arn TEXT PRIMARY KEY, product TEXT NOT NULL, account TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tokens(
            token TEXT PRIMARY KEY, product TEXT NOT NULL, identifier TEXT, account TEXT, license TEXT,
            expires_ticks INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE records(
            place INTEGER PRIMARY KEY, product TEXT NOT NULL, customer_key TEXT NOT NULL, dimension TEXT NOT NULL,
            bucket_seconds INTEGER NOT NULL, identifier TEXT, account TEXT, license TEXT,
            timestamp_ticks INTEGER NOT NULL, quantity INTEGER NOT NULL, record_id TEXT NOT NULL,
            {(version == 1 ? string.Empty : "allocations TEXT,")}
            UNIQUE(product, customer_key, dimension, bucket_seconds)) STRICT;
        INSERT INTO settings VALUES('period', '01:00:00');
        INSERT INTO products VALUES('p1', 1);
        INSERT INTO dimensions VALUES('p1', 'd1'), ('p1', 'd2');
        INSERT INTO customers VALUES('p1', 'c1', 1), ('p1', 'gone', 0);
        INSERT INTO licenses VALUES('arn:1', 'p1', '123456789012');
        INSERT INTO tokens VALUES('t1', 'p1', 'c1', NULL, NULL, {DateTimeOffset.UnixEpoch.AddHours(1).UtcTicks});
        INSERT INTO records(product, customer_key, dimension, bucket_seconds, identifier, timestamp_ticks, quantity,
            record_id) VALUES('p1', 'id:c1', 'd1', {RecordSeconds}, 'c1', {RecordTicks}, 1, '{RecordId}');
        PRAGMA user_version = {version};
        """;
}
