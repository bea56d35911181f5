using System.Globalization;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>Orleans' reminders in the embedded database.</summary>
/// <remarks>An ETag is a random number that each write draws anew.</remarks>
/// <param name="database">Where to store.</param>
internal sealed class SqliteReminderTable(SqliteDatabase database) : IReminderTable
{
    private const string Select = "SELECT grain, name, start_ticks, period_ticks, version FROM reminder ";

    private const string Upsert =
        """
        INSERT INTO reminder (grain, name, hash, start_ticks, period_ticks, version)
        VALUES (?, ?, ?, ?, ?, random() & 0x3FFFFFFFFFFFFFFF)
        ON CONFLICT DO UPDATE SET
            start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks, version = excluded.version
        RETURNING version
        """;

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        var grain = grainId.ToString();
        return database.ReadAsync(session =>
        {
            using var select = session.Prepare(Select + "WHERE grain = ?");
            return new ReminderTableData(List(select.Bind(1, grain)));
        });
    }

    /// <inheritdoc />
    /// <remarks>
    /// The range is a part of a ring: above begin, up to and including end, possibly over the top. When both are the
    /// same it is the whole ring.
    /// </remarks>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => database.ReadAsync(session =>
    {
        using var select = session.Prepare(
            begin < end ? Select + "WHERE hash > ? AND hash <= ?" : Select + "WHERE hash > ? OR hash <= ?");
        return new ReminderTableData(List(select.Bind(1, begin).Bind(2, end)));
    });

    /// <inheritdoc />
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var grain = grainId.ToString();
        return database.ReadAsync(session =>
        {
            using var select = session.Prepare(Select + "WHERE grain = ? AND name = ?");
            return List(select.Bind(1, grain).Bind(2, reminderName)).SingleOrDefault();
        });
    }

    /// <inheritdoc />
    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var (grain, name, hash) = (entry.GrainId.ToString(), entry.ReminderName, entry.GrainId.GetUniformHashCode());
        var (start, period) = (UtcTicks(entry.StartAt), entry.Period.Ticks);
        return database.WriteAsync<string?>(session =>
        {
            using var upsert = session.Prepare(Upsert);
            upsert.Bind(1, grain).Bind(2, name).Bind(3, hash).Bind(4, start).Bind(5, period).Step();
            var version = upsert.GetInt64(0);
            upsert.Run();
            return Format(version);
        });
    }

    /// <inheritdoc />
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var grain = grainId.ToString();
        return database.WriteAsync(session =>
        {
            using var delete = session.Prepare("DELETE FROM reminder WHERE grain = ? AND name = ? AND version = ?");
            return long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                && delete.Bind(1, grain).Bind(2, reminderName).Bind(3, version).Run() == 1;
        });
    }

    /// <inheritdoc />
    public Task TestOnlyClearTable() => database.WriteAsync(session =>
    {
        using var delete = session.Prepare("DELETE FROM reminder");
        return delete.Run();
    });

    /// <summary>Orleans means UTC when it doesn't say.</summary>
    private static long UtcTicks(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime().Ticks : time.Ticks;

    private static string Format(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static List<ReminderEntry> List(SqliteStatement rows)
    {
        var entries = new List<ReminderEntry>();
        while (rows.Step())
        {
            entries.Add(new()
            {
                GrainId = GrainId.Parse(rows.GetText(0)),
                ReminderName = rows.GetText(1),
                StartAt = new DateTime(rows.GetInt64(2), DateTimeKind.Utc),
                Period = TimeSpan.FromTicks(rows.GetInt64(3)),
                ETag = Format(rows.GetInt64(4)),
            });
        }

        return entries;
    }
}
