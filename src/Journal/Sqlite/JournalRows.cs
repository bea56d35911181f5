using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>
/// The statements that read and write the journal's tables. Rows are numbered commit * partitions + partition: so they
/// lie in the order of time, each commit adds at the end of the file only, and a partition's rows are found without an
/// index.
/// </summary>
/// <param name="partitions">How many partitions there are.</param>
/// <param name="path">The file, for those who have to mend it.</param>
internal sealed class JournalRows(int partitions, string path)
{
    private const string SelectPayload = "SELECT payload, checksum FROM journal WHERE row = ?";

    /// <summary>Writes a row.</summary>
    /// <param name="session">The writer's session.</param>
    /// <param name="row">Its number.</param>
    /// <param name="writtenAt">When it is written.</param>
    /// <param name="payload">What it holds.</param>
    public static void Insert(SqliteSession session, long row, DateTimeOffset writtenAt, ReadOnlySpan<byte> payload)
    {
        using var insert = session.Prepare(
            "INSERT INTO journal (row, written_at, payload, checksum) VALUES (?, ?, ?, ?)");
        insert.Bind(1, row).Bind(2, writtenAt.UtcTicks).Bind(3, payload);
        insert.Bind(4, StoredBytes.Checksum(payload, row)).Run();
    }

    /// <summary>Reads a row.</summary>
    /// <param name="session">A session.</param>
    /// <param name="row">Its number.</param>
    /// <returns>What it holds; null if it isn't there.</returns>
    /// <exception cref="JournalException">It is damaged.</exception>
    public byte[]? Find(SqliteSession session, long row)
    {
        using var select = session.Prepare(SelectPayload);
        return select.Bind(1, row).Step() ? Sound(select, row).ToArray() : null;
    }

    /// <summary>Reads a customer's entries in some rows.</summary>
    /// <param name="session">A session.</param>
    /// <param name="rows">The rows, in order; those that aren't there are passed over.</param>
    /// <param name="customerKey">The customer.</param>
    /// <returns>Its entries, in order.</returns>
    /// <exception cref="JournalException">A row is damaged.</exception>
    public List<JournalEntry> Find(SqliteSession session, List<long> rows, string customerKey)
    {
        var entries = new List<JournalEntry>();
        var key = Encoding.UTF8.GetBytes(customerKey);
        foreach (var row in rows)
        {
            using var select = session.Prepare(SelectPayload);
            if (!select.Bind(1, row).Step())
            {
                continue;
            }

            var payload = Sound(select, row);
            var walk = new JournalRow(payload);
            while (walk.Next())
            {
                if (walk.Key.SequenceEqual(key))
                {
                    entries.Add(new(JournalPosition.Of(row, walk.Ordinal), payload[walk.Payload].ToArray()));
                }
            }
        }

        return entries;
    }

    /// <summary>
    /// Remembers customers some of whose entries may be deleted from now on, because their snapshots hold them.
    /// </summary>
    /// <param name="session">The writer's session.</param>
    /// <param name="customers">The customers.</param>
    /// <returns>How many were not remembered before.</returns>
    public static int Remember(SqliteSession session, IEnumerable<string> customers)
    {
        using var insert = session.Prepare("INSERT INTO journal_trimmed (customer) VALUES (?) ON CONFLICT DO NOTHING");
        var count = 0;
        foreach (var customer in customers)
        {
            count += insert.Bind(1, HashOf(customer)).Run();
            insert.Rewind();
        }

        return count;
    }

    /// <summary>
    /// Checks that all of a customer's entries are still here, for one of whom no snapshot was found: otherwise there
    /// was one, and it is lost.
    /// </summary>
    /// <param name="session">A session.</param>
    /// <param name="customerKey">The customer.</param>
    /// <returns>Always true.</returns>
    /// <exception cref="JournalException">They aren't.</exception>
    public bool RefuseTrimmed(SqliteSession session, string customerKey)
    {
        using var select = session.Prepare("SELECT 1 FROM journal_trimmed WHERE customer = ?");
        var hash = HashOf(customerKey);
        return !select.Bind(1, hash).Step()
            ? true
            : throw new JournalException(string.Create(
                CultureInfo.InvariantCulture,
                $"The snapshot of customer {customerKey} is missing in {path}, table grain_state, and the journal no "
                + $"longer has what it held. Restore it from a backup. To begin anew with the customer instead, which "
                + $"loses usage that was acknowledged and may send hours twice: "
                + $"DELETE FROM journal_trimmed WHERE customer = {hash}"));
    }

    /// <summary>Deletes a row.</summary>
    /// <param name="session">The writer's session.</param>
    /// <param name="row">Its number.</param>
    /// <returns>1, or 0 if it isn't there.</returns>
    public static int Delete(SqliteSession session, long row)
    {
        using var delete = session.Prepare("DELETE FROM journal WHERE row = ?");
        return delete.Bind(1, row).Run();
    }

    /// <summary>The highest row that ever was, as far as it matters: marks count, since rows are deleted.</summary>
    /// <param name="session">A session.</param>
    /// <returns>The row; 0 for none.</returns>
    public static long FindLast(SqliteSession session)
    {
        using var select = session.Prepare(
            "SELECT COALESCE(MAX(n), 0) FROM (SELECT MAX(row) AS n FROM journal UNION SELECT row FROM journal_mark)");
        return select.Step() ? select.GetInt64(0) : 0;
    }

    /// <summary>Reads a partition's low-water mark: every row up to it is covered.</summary>
    /// <param name="session">A session.</param>
    /// <param name="partition">The partition.</param>
    /// <returns>The row; 0 for none.</returns>
    public static long FindMark(SqliteSession session, int partition)
    {
        using var select = session.Prepare("SELECT row FROM journal_mark WHERE partition = ?");
        return select.Bind(1, partition).Step() ? select.GetInt64(0) : 0;
    }

    /// <summary>Stores a partition's low-water mark.</summary>
    /// <param name="session">The writer's session.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="row">The mark.</param>
    public static void StoreMark(SqliteSession session, int partition, long row)
    {
        using var upsert = session.Prepare(
            "INSERT INTO journal_mark (partition, row) VALUES (?, ?) ON CONFLICT DO UPDATE SET row = excluded.row");
        upsert.Bind(1, partition).Bind(2, row).Run();
    }

    /// <summary>Reads the rows of a partition.</summary>
    /// <param name="session">A session.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="load">Which rows, and where to put them.</param>
    /// <returns>How many there were.</returns>
    public int Read(SqliteSession session, int partition, TailLoad load)
    {
        var count = 0;
        var row = Next(session, new(partition, load.FirstRow, load.LastRow));
        for (; row is { } found; count++)
        {
            if (Find(session, found) is { } payload)
            {
                load.Add(found, payload);
            }

            row = Next(session, new(partition, found + 1, load.LastRow));
        }

        return count;
    }

    /// <summary>Lists some rows of a partition.</summary>
    /// <param name="session">A session.</param>
    /// <param name="range">Which.</param>
    /// <param name="countMax">How many at most.</param>
    /// <param name="bytesMax">How many bytes at most, unless a single row has more.</param>
    /// <returns>Their numbers, in order.</returns>
    public List<long> List(SqliteSession session, RowRange range, int countMax, int bytesMax)
    {
        var listed = new List<long>();
        using var select = session.Prepare("SELECT length(payload) FROM journal WHERE row = ?");
        var bytes = 0L;
        for (var row = Next(session, range); row is { } found && listed.Count < countMax;
            row = Next(session, range with { From = found + 1 }))
        {
            bytes += select.Bind(1, found).Step() ? select.GetInt64(0) : 0;
            select.Rewind();
            if (bytes > bytesMax && listed.Count > 0)
            {
                break;
            }

            listed.Add(found);
        }

        return listed;
    }

    /// <summary>
    /// Finds the first row that was written at or after a moment, by halving: times grow with rows. Where the clock
    /// was set back it finds one of several answers.
    /// </summary>
    /// <param name="session">A session.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="last">The last row to look at.</param>
    /// <returns>The row; one more than the last when all were written before.</returns>
    public static long FirstWrittenSince(SqliteSession session, DateTimeOffset moment, long last)
    {
        using var select = session.Prepare("SELECT row, written_at FROM journal WHERE row >= ? ORDER BY row LIMIT 1");
        var (low, high) = (0L, last + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var isFound = select.Bind(1, middle).Step();
            if (!isFound || select.GetInt64(0) > last || select.GetInt64(1) >= moment.UtcTicks)
            {
                high = middle;
            }
            else
            {
                low = select.GetInt64(0) + 1;
            }

            select.Rewind();
        }

        return low;
    }

    /// <summary>
    /// Finds the next row of a partition. It looks at one row in each commit that didn't write to the partition, and
    /// at none of the others.
    /// </summary>
    private long? Next(SqliteSession session, RowRange range)
    {
        using var select = session.Prepare("SELECT row FROM journal WHERE row >= ? ORDER BY row LIMIT 1");
        var at = FirstOf(range.Partition, range.From);
        while (at <= range.To)
        {
            if (!select.Bind(1, at).Step())
            {
                return null;
            }

            var found = select.GetInt64(0);
            select.Rewind();
            if (found == at)
            {
                return at;
            }

            at = FirstOf(range.Partition, found);
        }

        return null;
    }

    private static long HashOf(string customerKey) =>
        unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(customerKey)));

    private ReadOnlySpan<byte> Sound(SqliteStatement select, long row) => StoredBytes.IsSound(select, 0, row)
        ? select.GetBytes(0)
        : throw new JournalException(string.Create(
            CultureInfo.InvariantCulture,
            $"The usage journal is damaged: {path}, table journal, row {row}: its checksum is not that of its bytes. "
            + $"Restore the file from a backup. To go on without what the row held instead, which loses usage that was "
            + $"acknowledged: DELETE FROM journal WHERE row = {row}"));

    private long FirstOf(int partition, long from)
    {
        var row = (from / partitions * partitions) + partition;
        return row < from ? row + partitions : row;
    }
}

/// <summary>Rows of a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">Where to begin.</param>
/// <param name="To">Where to end, inclusive.</param>
internal readonly record struct RowRange(int Partition, long From, long To);
