using Tally.Journal.Partitions;

namespace Tally.Journal.Postgres;

/// <summary>Tells other silos what is covered, moves the low-water marks, and deletes rows.</summary>
/// <param name="statements">The database.</param>
/// <param name="reader">Reads the partitions.</param>
/// <param name="tails">The partitions.</param>
/// <param name="clock">What time it is.</param>
internal sealed class SharedTrimming(
    JournalStatements statements, TailReader reader, IReadOnlyList<SharedTail> tails, TimeProvider clock)
{
    private const int RowsAtOnce = 64;
    private const int BytesAtOnce = 4 * 1_024 * 1_024;

    /// <summary>Tells other silos what is covered, which they otherwise would keep in mind.</summary>
    /// <returns>A task that completes when it is stored.</returns>
    public async Task Tell()
    {
        var (rows, bytes) = (new List<NewRow>(), 0L);
        var taken = new List<(SharedTail Tail, Dictionary<string, long> Covers)>();
        for (var partition = 0; partition < tails.Count; partition++)
        {
            var covers = tails[partition].TakeUntold();
            if (covers.Count > 0)
            {
                taken.Add((tails[partition], covers));
                rows.Add(new(partition, RowKind.Covers, CoverRow.Write(covers)));
                bytes += rows[^1].Payload.Length;
            }

            if (bytes > BytesAtOnce || (partition == tails.Count - 1 && rows.Count > 0))
            {
                await Store(rows, taken);
                rows.Clear();
                taken.Clear();
                bytes = 0;
            }
        }
    }

    /// <summary>Stores marks and deletes rows.</summary>
    /// <param name="writtenBefore">Only rows that are older than this.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="JournalException">A partition can't be read; the others were trimmed.</exception>
    public async Task<int> Trim(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var topUps = await reader.TopUpAll();
        await Tell();
        var marks = topUps.Where(each => each.Failure is null)
            .Select(each => (each.Partition, Row: tails[each.Partition].FindMark()))
            .Where(mark => mark.Row > 0)
            .ToList();

        // Marks before rows: whoever begins to read meanwhile must not look for what is gone.
        await statements.StoreMarks(marks);
        var firstKept = await statements.FindFirstSince(writtenBefore);
        List<(int Partition, long Row)> upTo =
            [.. marks.Select(mark => (mark.Partition, Math.Min(mark.Row, firstKept - 1)))];
        var deleted = 0;
        for (var some = -1; some != 0; deleted += some)
        {
            cancellationToken.ThrowIfCancellationRequested();
            some = await statements.Delete(upTo, writtenBefore, RowsAtOnce);
        }

        var failure = topUps.FirstOrDefault(each => each.Failure is not null)?.Failure;
        return failure is null ? deleted : throw new JournalException(failure.Message, failure);
    }

    private async Task Store(List<NewRow> rows, List<(SharedTail Tail, Dictionary<string, long> Covers)> taken)
    {
        try
        {
            await statements.Append(rows, clock.GetUtcNow());
        }
        catch (Exception)
        {
            taken.ForEach(each => each.Tail.ReturnUntold(each.Covers));
            throw;
        }
    }
}
