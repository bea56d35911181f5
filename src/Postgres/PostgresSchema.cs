using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Tally.Postgres;

/// <summary>
/// Brings a database to the schema that this program works with: the files of <c>deploy/postgres</c>, in the order of
/// their numbers, each once and whole.
/// </summary>
/// <remarks>
/// Several processes may do so at once: one works and the others wait. What is committed stays; a file that fails
/// leaves nothing behind.
/// </remarks>
public static class PostgresSchema
{
    /// <summary>Any number that nobody else takes for a lock; it spells TALLY.</summary>
    private const long Lock = 0x54_41_4C_4C_59;

    private const string VersionTable =
        """
        CREATE TABLE IF NOT EXISTS tally_schema (
            version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
        """;

    private static readonly SortedList<int, string> Files = FindFiles();

    /// <summary>The version that this program works with: the number of the last file.</summary>
    public static int Version => Files.Keys[^1];

    /// <summary>Brings a database to this version.</summary>
    /// <param name="database">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many files were applied; 0 when there was nothing to do.</returns>
    /// <exception cref="PostgresSchemaException">The database is of a newer version, or a file failed.</exception>
    public static async Task<int> Migrate(NpgsqlDataSource database, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Run(connection, $"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Run(connection, VersionTable, cancellationToken);
            var found = await FindVersion(connection, cancellationToken);
            RefuseNewer(found);
            var due = Files.Where(file => file.Key > found).ToList();
            foreach (var (version, name) in due)
            {
                await Apply(connection, version, name, cancellationToken);
            }

            return due.Count;
        }
        finally
        {
            // With the connection's end the lock goes, too; a pooled connection has to be told.
            await Run(connection, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Checks that a database is of this version, without changing anything.</summary>
    /// <param name="database">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when it is.</returns>
    /// <exception cref="PostgresSchemaException">It is of another version, or has no schema.</exception>
    public static async Task Check(NpgsqlDataSource database, CancellationToken cancellationToken = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('tally_schema') IS NOT NULL", connection);
        var found = (bool)(await exists.ExecuteScalarAsync(cancellationToken))!
            ? await FindVersion(connection, cancellationToken)
            : 0;
        RefuseNewer(found);
        if (found < Version)
        {
            throw new PostgresSchemaException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database has version {found} of the schema, and this program needs {Version}: migrate it."));
        }
    }

    private static async Task Apply(
        NpgsqlConnection connection, int version, string name, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await Run(connection, Read(name), cancellationToken);
            await using var note = new NpgsqlCommand(
                "INSERT INTO tally_schema (version, name) VALUES ($1, $2)", connection, transaction);
            note.Parameters.Add(new() { Value = version });
            note.Parameters.Add(new() { Value = name });
            await note.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new PostgresSchemaException($"The schema's file {name}.sql failed: {exception.Message}", exception);
        }
    }

    private static void RefuseNewer(int found)
    {
        if (found > Version)
        {
            throw new PostgresSchemaException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database has version {found} of the schema, and this program knows {Version}: use a newer."));
        }
    }

    private static async Task<int> FindVersion(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM tally_schema", connection);
        return (int)(await select.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static SortedList<int, string> FindFiles()
    {
        var files = new SortedList<int, string>();
        foreach (var name in Assembly.GetExecutingAssembly().GetManifestResourceNames())
        {
            var number = name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal));
            files.Add(int.Parse(number, CultureInfo.InvariantCulture), name);
        }

        return files;
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
