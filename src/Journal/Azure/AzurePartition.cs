using Tally.Journal.Partitions;

namespace Tally.Journal.Azure;

/// <summary>
/// A partition: what all actors of this silo append to it while a request is under way goes into the next one.
/// </summary>
internal sealed class AzurePartition
{
    private readonly AzureOpening _opening;
    private readonly PartitionBlobs _blobs;
    private readonly PartitionWriter _writer;
    private readonly CommitQueue _queue;
    private readonly CommitProbe _probe;
    private readonly Task _writing;

    /// <summary>Makes it, and begins to write what it is given.</summary>
    /// <param name="opening">The container.</param>
    /// <param name="number">The partition's number.</param>
    /// <param name="room">How much may wait.</param>
    /// <param name="probe">For tests.</param>
    public AzurePartition(AzureOpening opening, int number, QueueRoom room, CommitProbe probe)
    {
        var options = opening.Options;
        (_opening, _probe) = (opening, probe);
        _blobs = new(opening.Container, number);
        _writer = new(_blobs, options, opening.Clock);
        Reader = new(_blobs, options.CacheBytesMax / options.Partitions);
        _queue = new(room, options.CommitBytesMax, (number, 1));
        _writing = Task.Run(Write);
    }

    /// <summary>Reads it.</summary>
    public PartitionReader Reader { get; }

    /// <summary>Appends an entry with the next request.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="payload">The entry.</param>
    /// <param name="append">Who waits for it.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryAppend(in CustomerAddress customer, ReadOnlySpan<byte> payload, JournalAppend append) =>
        _queue.TryAdd(customer, payload, append);

    /// <summary>Tells other silos what is covered, which they otherwise would keep in mind.</summary>
    /// <returns>A task that completes when it is stored.</returns>
    public async Task Tell()
    {
        var covers = Reader.Tail.TakeUntold();
        if (covers.Count == 0)
        {
            return;
        }

        try
        {
            await _writer.Append(RowKind.Covers, CoverRow.Write(covers));
        }
        catch (Exception)
        {
            Reader.Tail.ReturnUntold(covers);
            throw;
        }
    }

    /// <summary>Moves the mark and deletes blobs in which nothing is needed any more.</summary>
    /// <param name="writtenBefore">Only blobs of which everything is older than this.</param>
    /// <returns>How many blobs were deleted.</returns>
    public async Task<int> Trim(DateTimeOffset writtenBefore)
    {
        await Reader.TopUp();
        await Tell();
        var mark = Reader.FindMark();
        if (!await _blobs.StoreMark(mark))
        {
            return 0;
        }

        // Behind the mark: whoever begins to read meanwhile must not look for what is gone.
        var (deleted, list) = (0, await _blobs.List());
        foreach (var (blob, next) in list.Zip(list.Skip(1)))
        {
            // A blob's entries were written before the next one was made; the last one is never deleted.
            if (blob.Series >= mark.Series || next.CreatedAt >= writtenBefore)
            {
                break;
            }

            deleted += await _blobs.Delete(blob.Series) ? 1 : 0;
        }

        return deleted;
    }

    /// <summary>Writes what waits, and ends.</summary>
    /// <returns>A task that completes when it is written.</returns>
    public Task Close()
    {
        _queue.Close();
        return _writing;
    }

    private async Task Write()
    {
        while (await _queue.Take() is { } batch)
        {
            await Write(batch);
            _queue.Recycle(batch);
        }
    }

    private async Task Write(EntryBatch batch)
    {
        BlobRow row;
        try
        {
            _probe.BeforeCommit?.Invoke();
            await _opening.Ensure();
            row = await _writer.Append(RowKind.Entries, batch.Rows[0].Memory);
            _probe.AfterCommit?.Invoke();
        }
        catch (Exception exception)
        {
            var failure = new JournalException($"Entries could not be written: {exception.Message}", exception);
            _queue.Release(batch);
            foreach (var slot in batch.Slots)
            {
                slot.Append.Fail(failure);
            }

            return;
        }

        Reader.NoteOwn(row, batch.Rows[0].Written);
        _queue.Release(batch);
        foreach (var slot in batch.Slots)
        {
            slot.Append.Complete(JournalPosition.Of(row.Place.Row, slot.Ordinal));
        }
    }
}

/// <summary>What tests see, and disturb, of commits.</summary>
internal sealed class CommitProbe
{
    /// <summary>Is called before each commit.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Is called after each commit, before anybody is told.</summary>
    public Action? AfterCommit { get; set; }
}
