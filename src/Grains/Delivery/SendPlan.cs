using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <summary>
/// Which batch is sent next. Batches of which a call has failed are kept as they are: they are sent again, or are
/// halves whose bad record would spoil others. All else is packed anew whenever there is something new to pack.
/// </summary>
/// <param name="queue">What waits.</param>
internal sealed class SendPlan(PendingQueue queue)
{
    private readonly PriorityQueue<IReadOnlyList<PendingRecord>, (DateTimeOffset SendBy, long Age)> _kept = new();
    private Queue<IReadOnlyList<PendingRecord>> _packed = new();
    private long _sequence;

    /// <summary>
    /// Gives the records of kept batches back that have expired, for whoever books that, and forgets those that were
    /// written off or corrected.
    /// </summary>
    /// <param name="now">The present moment.</param>
    public void ReleaseExpired(DateTimeOffset now)
    {
        if (_kept.UnorderedItems.All(item => item.Element.All(record => record.Deadline > now && queue.Holds(record))))
        {
            return;
        }

        var kept = _kept.UnorderedItems.ToList();
        _kept.Clear();
        foreach (var (batch, priority) in kept)
        {
            foreach (var record in batch.Where(record => record.Deadline <= now))
            {
                queue.GiveBack(record);
            }

            Keep([.. batch.Where(record => record.Deadline > now && queue.Holds(record))], priority.Age);
        }
    }

    /// <summary>
    /// Packs what may be sent now, those records first that expire soonest; not again while nothing is new.
    /// </summary>
    /// <param name="now">The present moment.</param>
    /// <param name="limits">How large a call may be.</param>
    public void Pack(DateTimeOffset now, BatchLimits limits)
    {
        if (queue.HasNews(now))
        {
            _packed = new(BatchPlanner.Plan(queue.Due(now), limits));
        }
    }

    /// <summary>
    /// Keeps a batch, or a part of one, to be sent as it is. Of equal deadlines the latest goes first.
    /// </summary>
    /// <param name="batch">Records that are taken; at least one.</param>
    public void Keep(IReadOnlyList<PendingRecord> batch) => Keep(batch, --_sequence);

    /// <summary>Says by when the next batch should be sent.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>When; null when there is no batch.</returns>
    public DateTimeOffset? NextSendBy(DateTimeOffset now) => IsKeptNext(now, out var sendBy)
        ? sendBy
        : NextPacked(now)?.SendBy;

    /// <summary>Takes the next batch.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>Its records, which are now taken; empty when there is no batch.</returns>
    public IReadOnlyList<PendingRecord> Take(DateTimeOffset now)
    {
        if (IsKeptNext(now, out _))
        {
            return _kept.Dequeue();
        }

        if (NextPacked(now) is null)
        {
            return [];
        }

        // Since it was packed, records may have expired, or have been written off.
        List<PendingRecord> batch = [.. _packed.Dequeue().Where(record => queue.IsDue(record, now))];
        batch.ForEach(record => queue.Take(record, now));
        return batch;
    }

    private void Keep(IReadOnlyList<PendingRecord> batch, long age)
    {
        if (batch.Count > 0)
        {
            _kept.Enqueue(batch, (batch.Min(record => record.SendBy), age));
        }
    }

    private bool IsKeptNext(DateTimeOffset now, out DateTimeOffset sendBy)
    {
        ReleaseExpired(now);
        var isKept = _kept.TryPeek(out _, out var priority);
        sendBy = priority.SendBy;
        return isKept && (NextPacked(now) is not { } packed || sendBy <= packed.SendBy);
    }

    /// <summary>The first record of the next packed batch of which something may still be sent.</summary>
    private PendingRecord? NextPacked(DateTimeOffset now)
    {
        while (_packed.TryPeek(out var batch))
        {
            foreach (var record in batch)
            {
                if (queue.IsDue(record, now))
                {
                    return record;
                }
            }

            _packed.Dequeue();
        }

        return null;
    }
}
