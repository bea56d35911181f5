using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tally.Emulator.State.Sqlite;

/// <summary>
/// The tables of <c>emulator.db</c>: a storage format. Another version of it gets another number and a migration.
/// </summary>
internal static class SqliteSchema
{
    private const int Version = 3;

    private const string Tables =
        """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE documents(
            kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
        """ + Records;

    private const string Records =
        """
        CREATE TABLE records(
            place INTEGER PRIMARY KEY, seller TEXT NOT NULL, region TEXT NOT NULL, product TEXT NOT NULL,
            customer_key TEXT NOT NULL, dimension TEXT NOT NULL, bucket_seconds INTEGER NOT NULL,
            identifier TEXT, account TEXT, license TEXT, resource TEXT, timestamp_ticks INTEGER NOT NULL,
            quantity INTEGER NOT NULL, record_id TEXT NOT NULL, allocations TEXT,
            UNIQUE(seller, region, product, customer_key, dimension, bucket_seconds)) STRICT;
        """;

    // Before version 3 there was one account, one region, and a table for each kind of thing.
    private const string ToVersion3 =
        $$"""
        CREATE TABLE documents(
            kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
        INSERT INTO documents SELECT 'product', '{{EmulatorOptions.DefaultAccountId}}|' || code, json_object(
            'accountId', '{{EmulatorOptions.DefaultAccountId}}', 'code', code,
            'dimensions', (SELECT json_group_array(name) FROM dimensions WHERE product = code),
            'openToAll', json(iif(open_to_all, 'true', 'false'))) FROM products;
        INSERT INTO documents SELECT 'subscription',
            '{{EmulatorOptions.DefaultAccountId}}|' || product || '|' || customer,
            json_object('state', iif(subscribed, 'subscribed', 'unsubscribed')) FROM customers;
        INSERT INTO documents SELECT 'license', '{{EmulatorOptions.DefaultAccountId}}|' || arn,
            json_object('arn', arn, 'productCode', product, 'accountId', account) FROM licenses;
        INSERT INTO documents SELECT 'token', token, json_object('productCode', product,
            'customerIdentifier', identifier, 'customerAWSAccountId', account, 'licenseArn', license,
            'expiresAt', strftime('%Y-%m-%dT%H:%M:%SZ', expires_ticks / 10000000 - 62135596800, 'unixepoch'))
            FROM tokens;
        DROP TABLE products; DROP TABLE dimensions; DROP TABLE customers; DROP TABLE licenses; DROP TABLE tokens;
        ALTER TABLE records RENAME TO former;
        {{Records}}
        INSERT INTO records SELECT place, '{{EmulatorOptions.DefaultAccountId}}', '{{EmulatorOptions.DefaultRegion}}',
            product, customer_key, dimension, bucket_seconds, identifier, account, license, NULL, timestamp_ticks,
            quantity, record_id, allocations FROM former;
        DROP TABLE former;
        """;

    /// <summary>
    /// Makes the tables, or brings those of an older version up to this one, and checks that they are of this period.
    /// </summary>
    /// <exception cref="IOException">The file is of a newer version, or was begun with another period.</exception>
    public static void Prepare(SqliteConnection connection, TimeSpan period)
    {
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        var version = connection.Scalar("PRAGMA user_version");
        if (version is 0L)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Tables}");
            connection.Execute("INSERT INTO settings VALUES('period', $period)", ("$period", TextOf(period)));
            connection.Execute($"PRAGMA user_version = {Version}; COMMIT;");
        }
        else if (version is 1L or 2L)
        {
            var toVersion2 = version is 1L ? "ALTER TABLE records ADD COLUMN allocations TEXT;" : string.Empty;
            connection.Execute(
                $"BEGIN IMMEDIATE; {toVersion2} {ToVersion3} PRAGMA user_version = {Version}; COMMIT;");
        }
        else if (version is not (long)Version)
        {
            throw new IOException($"The file is of version {version}; this emulator reads versions 1 to {Version}.");
        }

        var begunWith = connection.Scalar("SELECT value FROM settings WHERE name = 'period'") as string;
        if (!string.Equals(begunWith, TextOf(period), StringComparison.Ordinal))
            throw new IOException($"The file was begun with the period {begunWith}, not {TextOf(period)}.");
    }

    private static string TextOf(TimeSpan period) => period.ToString("c", CultureInfo.InvariantCulture);
}
