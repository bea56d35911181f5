using System.Globalization;
using Microsoft.Data.Sqlite;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>Orleans' reminders in the embedded database.</summary>
/// <param name="database">Where to store.</param>
internal sealed class SqliteReminderTable(SqliteDatabase database) : IReminderTable
{
    private const string Columns = "SELECT grain, name, start_ticks, period_ticks, version FROM reminder ";

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(
        new ReminderTableData(Query("WHERE grain = $grain;", ("$grain", grainId.ToString()))));

    /// <inheritdoc />
    /// <remarks>The range is a part of a ring: above begin, up to and including end, possibly over the top.</remarks>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(Query(
        begin < end ? "WHERE hash > $begin AND hash <= $end;" : "WHERE hash > $begin OR hash <= $end;",
        ("$begin", (long)begin),
        ("$end", (long)end))));

    /// <inheritdoc />
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(Query(
        "WHERE grain = $grain AND name = $name;",
        ("$grain", grainId.ToString()),
        ("$name", reminderName)).FirstOrDefault());

    /// <inheritdoc />
    public Task<string?> UpsertRow(ReminderEntry entry) => database.WriteAsync<string?>(connection =>
    {
        using var command = Command(
            connection,
            """
            INSERT INTO reminder (grain, name, hash, start_ticks, period_ticks, version)
            VALUES ($grain, $name, $hash, $start, $period, 1)
            ON CONFLICT DO UPDATE SET
                start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks, version = version + 1
            RETURNING version;
            """,
            ("$grain", entry.GrainId.ToString()),
            ("$name", entry.ReminderName),
            ("$hash", (long)entry.GrainId.GetUniformHashCode()),
            ("$start", entry.StartAt.ToUniversalTime().Ticks),
            ("$period", entry.Period.Ticks));
        return Format((long)command.ExecuteScalar()!);
    });

    /// <inheritdoc />
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => database.WriteAsync(connection =>
    {
        using var command = Command(
            connection,
            "DELETE FROM reminder WHERE grain = $grain AND name = $name AND version = $version;",
            ("$grain", grainId.ToString()),
            ("$name", reminderName),
            ("$version", long.Parse(eTag, CultureInfo.InvariantCulture)));
        return command.ExecuteNonQuery() == 1;
    });

    /// <inheritdoc />
    public Task TestOnlyClearTable() => database.WriteAsync(connection =>
    {
        using var command = Command(connection, "DELETE FROM reminder;");
        return command.ExecuteNonQuery();
    });

    private static string Format(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static SqliteCommand Command(
        SqliteConnection connection,
        string text,
        params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private List<ReminderEntry> Query(string where, params (string Name, object Value)[] parameters) =>
        database.Read(connection =>
        {
            using var command = Command(connection, Columns + where, parameters);
            using var rows = command.ExecuteReader();
            var entries = new List<ReminderEntry>();
            while (rows.Read())
            {
                entries.Add(new()
                {
                    GrainId = GrainId.Parse(rows.GetString(0)),
                    ReminderName = rows.GetString(1),
                    StartAt = new DateTime(rows.GetInt64(2), DateTimeKind.Utc),
                    Period = TimeSpan.FromTicks(rows.GetInt64(3)),
                    ETag = Format(rows.GetInt64(4)),
                });
            }

            return entries;
        });
}
