using System.Text;
using Tally.Domain.Ledger;
using Tally.Journal.Sqlite;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Sqlite;

/// <summary>Reads lines of the embedded database.</summary>
/// <param name="session">A session.</param>
/// <param name="filter">Which lines.</param>
internal sealed class SqliteLedgerQuery(SqliteSession session, LedgerFilter filter)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Reads a page.</summary>
    /// <param name="after">The last line of the page before.</param>
    /// <param name="countMax">How many at most.</param>
    /// <returns>The lines.</returns>
    public IReadOnlyList<LedgerRow> Run(long after, int countMax)
    {
        var lines = new SegmentLines(filter, after, countMax);
        foreach (var sequence in lines.Key is { } key ? Having(key, lines.FirstSequence) : Among(lines))
        {
            Take(lines, sequence);
            if (lines.IsFull)
            {
                break;
            }
        }

        return lines.Rows;
    }

    /// <summary>
    /// Finds the segments that have a key: by the indexes of the epochs that are over, and then one by one.
    /// </summary>
    private IEnumerable<long> Having(uint key, long first)
    {
        var open = LedgerSegment.EpochOf(LastSequence());
        for (var epoch = LedgerSegment.EpochOf(first); epoch < open; epoch++)
        {
            foreach (var sequence in Indexed(epoch, key))
            {
                if (sequence >= first)
                {
                    yield return sequence;
                }
            }
        }

        using var select = session.Prepare("SELECT sequence, keys FROM ledger WHERE sequence >= ?1 ORDER BY sequence");
        select.Bind(1, Math.Max(first, open * LedgerSegment.EpochLength));
        while (select.Step())
        {
            if (SegmentKeys.Has(select.GetBytes(1), key))
            {
                yield return select.GetInt64(0);
            }
        }
    }

    private List<long> Indexed(long epoch, uint key)
    {
        using var select = session.Prepare("SELECT entries FROM ledger_key WHERE epoch = ?1 AND bucket = ?2");
        select.Bind(1, epoch).Bind(2, SegmentKeys.BucketOf(key));
        return select.Step() ? EpochIndex.Find(epoch, select.GetBytes(0), key) : [];
    }

    private long LastSequence()
    {
        using var select = session.Prepare("SELECT max(sequence) FROM ledger");
        return select.Step() ? select.GetInt64(0) : 0;
    }

    private void Take(SegmentLines lines, long sequence)
    {
        using var select = session.Prepare(
            """
            SELECT hour_start, payload FROM ledger
            WHERE sequence = ?1 AND tenant = ?2 AND product = ?3 AND kinds & ?4 <> 0
            """);
        select.Bind(1, sequence).Bind(2, filter.Product.Tenant).Bind(3, filter.Product.Code).Bind(4, lines.Kinds);
        if (select.Step())
        {
            lines.Take(select.GetInt64(0), sequence, select.GetBytes(1));
        }
    }

    /// <summary>
    /// Finds a product's segments, or those of some hours. The index is named, as without statistics SQLite might
    /// choose one that makes it sort all of them for every page.
    /// </summary>
    private IEnumerable<long> Among(SegmentLines lines)
    {
        var isNarrow = filter is { FromSeconds: { } from, ToSeconds: { } to } && to - from <= SecondsPerDay;
        var sql = new StringBuilder("SELECT sequence FROM ledger INDEXED BY ");
        sql.Append(isNarrow ? "ledger_hour" : "ledger_product");
        sql.Append(" WHERE tenant = ?1 AND product = ?2 AND sequence >= ?3");
        sql.Append(isNarrow ? " AND hour_start >= ?4 AND hour_start < ?5" : "");
        using var select = session.Prepare(sql.Append(" ORDER BY sequence").ToString());
        select.Bind(1, filter.Product.Tenant).Bind(2, filter.Product.Code).Bind(3, lines.FirstSequence);
        if (isNarrow)
        {
            select.Bind(4, filter.FromSeconds!.Value).Bind(5, filter.ToSeconds!.Value);
        }

        while (select.Step())
        {
            yield return select.GetInt64(0);
        }
    }
}
