using Npgsql;

namespace Tally.Postgres;

/// <summary>What all processes of a database must agree on.</summary>
public static class PostgresAgreement
{
    private const string Agree =
        """
        WITH first AS (INSERT INTO tally_setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING value)
        SELECT value FROM first UNION ALL SELECT value FROM tally_setting WHERE name = $1 LIMIT 1
        """;

    /// <summary>Notes a setting, or checks that it is as it was noted first.</summary>
    /// <param name="database">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it is here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when it is.</returns>
    /// <exception cref="PostgresSchemaException">It was noted with another value.</exception>
    public static async Task Ensure(
        NpgsqlDataSource database, string name, string value, CancellationToken cancellationToken = default)
    {
        // Who comes second at the same moment sees nothing in the first answer, and the other's value in the next.
        var noted = await Note(database, name, value, cancellationToken)
            ?? await Note(database, name, value, cancellationToken);
        if (noted != value)
        {
            throw new PostgresSchemaException(
                $"The database's data are written with the {name} {noted}, and this process has {value}: give it "
                + "that, or another database.");
        }
    }

    private static async Task<string?> Note(
        NpgsqlDataSource database, string name, string value, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Agree);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = value });
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
