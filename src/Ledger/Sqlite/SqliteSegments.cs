using Tally.Domain.Ledger;
using Tally.Journal.Sqlite;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Sqlite;

/// <summary>
/// Writes lines as segments, on the writer's thread. Nobody else writes to the file, so what is known of it stays so,
/// unless a commit fails: then the sequences say it.
/// </summary>
internal sealed class SqliteSegments
{
    private readonly KnownLines _known = new();
    private long _next;

    /// <summary>Writes those lines that the ledger doesn't have.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="lines">The lines.</param>
    /// <returns>How many were written.</returns>
    public int Write(SqliteSession session, IReadOnlyList<LedgerLine> lines)
    {
        var (last, next) = Last(session);
        if (next != _next)
        {
            _known.Clear();
        }

        _next = -1;
        var plan = new SegmentPlan(next);
        var count = 0;
        foreach (var (hour, group) in SegmentPlan.Group(lines))
        {
            foreach (var segment in plan.Cut(hour, group, _known.Find(hour) ?? Load(session, hour)))
            {
                CloseEpoch(session, last, segment.Sequence);
                Insert(session, segment);
                (last, count) = (segment.Sequence, count + segment.Count);
            }
        }

        _known.Trim();
        _next = count == 0 ? next : plan.Next;
        return count;
    }

    /// <summary>The last segment, 0 for none, and the first sequence behind it.</summary>
    private static (long Sequence, long Next) Last(SqliteSession session)
    {
        using var select = session.Prepare("SELECT sequence, lines FROM ledger ORDER BY sequence DESC LIMIT 1");
        return select.Step() ? (select.GetInt64(0), select.GetInt64(0) + select.GetInt64(1)) : (0, 1);
    }

    private KnownLines.Hour Load(SqliteSession session, HourKey key)
    {
        var hour = _known.Begin(key);
        using var select = session.Prepare(
            """
            SELECT known FROM ledger INDEXED BY ledger_hour WHERE tenant = ?1 AND product = ?2 AND hour_start = ?3
            """);
        select.Bind(1, key.Product.Tenant).Bind(2, key.Product.Code).Bind(3, key.StartSeconds);
        while (select.Step())
        {
            hour.Add(select.GetBytes(0));
        }

        return hour;
    }

    private static void Insert(SqliteSession session, LedgerSegment segment)
    {
        using var insert = session.Prepare(
            """
            INSERT INTO ledger (sequence, tenant, product, hour_start, lines, kinds, keys, known, payload)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        insert.Bind(1, segment.Sequence).Bind(2, segment.Hour.Product.Tenant).Bind(3, segment.Hour.Product.Code);
        insert.Bind(4, segment.Hour.StartSeconds).Bind(5, segment.Count).Bind(6, segment.Kinds);
        insert.Bind(7, segment.Keys).Bind(8, segment.Known).Bind(9, segment.Payload);
        insert.Run();
    }

    /// <summary>Writes the index of an epoch when the first segment of a later one comes.</summary>
    private static void CloseEpoch(SqliteSession session, long last, long sequence)
    {
        var epoch = LedgerSegment.EpochOf(last);
        if (last == 0 || epoch == LedgerSegment.EpochOf(sequence))
        {
            return;
        }

        var index = new EpochIndex();
        using (var select = session.Prepare("SELECT sequence, keys FROM ledger WHERE sequence >= ?1 ORDER BY sequence"))
        {
            select.Bind(1, epoch * LedgerSegment.EpochLength);
            while (select.Step())
            {
                index.Add(select.GetInt64(0), select.GetBytes(1));
            }
        }

        foreach (var (bucket, entries) in index.Rows.Index())
        {
            using var insert = session.Prepare(
                "INSERT INTO ledger_key (epoch, bucket, entries) VALUES (?1, ?2, ?3)");
            insert.Bind(1, epoch).Bind(2, bucket).Bind(3, entries);
            insert.Run();
        }
    }
}
