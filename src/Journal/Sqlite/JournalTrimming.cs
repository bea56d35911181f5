using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>Moves the low-water marks and deletes rows, some at a time, so that commits hardly wait.</summary>
/// <param name="database">Where the journal is stored.</param>
/// <param name="rows">Its rows.</param>
/// <param name="tails">Its partitions.</param>
internal sealed class JournalTrimming(SqliteDatabase database, JournalRows rows, PartitionTail[] tails)
{
    private const int RowsAtOnce = 256;
    private const int CustomersAtOnce = 2_048;
    private const int BytesAtOnce = 4 * 1_024 * 1_024;

    private readonly SemaphoreSlim _trimming = new(1, 1);
    private readonly long[] _marks = new long[tails.Length];
    private readonly long[] _deletedTo = new long[tails.Length];

    /// <summary>Finds the first row that was written at or after a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The row; later than every row when all were written before.</returns>
    public Task<long> FirstRowSince(DateTimeOffset moment) => database.ReadAsync(session =>
        JournalRows.FirstWrittenSince(session, moment, JournalRows.FindLast(session)));

    /// <summary>Stores marks and deletes rows.</summary>
    /// <param name="writtenBefore">Only rows that are older than this.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows were deleted.</returns>
    public async ValueTask<int> Trim(DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        await _trimming.WaitAsync(cancellationToken);
        try
        {
            await StoreMarks();
            var firstKept = await FirstRowSince(writtenBefore);
            var deleted = 0;
            for (var partition = 0; partition < tails.Length; partition++)
            {
                var last = Math.Min(_marks[partition], firstKept - 1);
                while (_deletedTo[partition] < last)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    deleted += await DeleteSome(partition, last);
                }
            }

            return deleted;
        }
        finally
        {
            _trimming.Release();
        }
    }

    /// <summary>
    /// Marks are stored before rows are deleted: they also say how far positions went. And before them the customers
    /// whose entries that lets go, so that a snapshot that is lost later is missed.
    /// </summary>
    private async Task StoreMarks()
    {
        var marks = Array.ConvertAll(tails, tail => tail.FindMark());
        foreach (var tail in tails)
        {
            await Remember(tail);
        }

        await database.WriteAsync(session =>
        {
            for (var partition = 0; partition < marks.Length; partition++)
            {
                if (marks[partition] > _marks[partition])
                {
                    JournalRows.StoreMark(session, partition, marks[partition]);
                }
            }

            return true;
        });
        marks.CopyTo(_marks, 0);
    }

    private async Task Remember(PartitionTail tail)
    {
        var customers = tail.TakeCovered();
        try
        {
            foreach (var some in customers.Chunk(CustomersAtOnce))
            {
                await database.WriteAsync(session => JournalRows.Remember(session, some));
            }
        }
        catch (Exception)
        {
            tail.GiveBack(customers);
            throw;
        }
    }

    private async Task<int> DeleteSome(int partition, long last)
    {
        var from = _deletedTo[partition] + 1;
        var found = await database.ReadAsync(session =>
            rows.List(session, new(partition, from, last), RowsAtOnce, BytesAtOnce));
        if (found.Count > 0)
        {
            await database.WriteAsync(session => found.Sum(row => JournalRows.Delete(session, row)));
        }

        _deletedTo[partition] = found.Count > 0 ? found[^1] : last;
        return found.Count;
    }
}
