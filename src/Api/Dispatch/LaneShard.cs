namespace Tally.Api.Dispatch;

/// <summary>
/// A part of the lanes under one lock. All that happens to a lane happens here, so a lane can't be forgotten while
/// somebody adds to it.
/// </summary>
internal sealed class LaneShard
{
    private const int SpareMax = 256;

    private readonly LaneLimits _limits;
    private readonly Lock _turn = new();
    private readonly Dictionary<LaneKey, Lane> _lanes = new(new LaneKeyComparer());
    private readonly Dictionary<LaneKey, Lane>.AlternateLookup<LaneAddress> _byAddress;
    private readonly LinkedList<Lane> _idle = new();
    private readonly Stack<LaneBatch> _spare = new();

    /// <summary>Makes a shard.</summary>
    /// <param name="limits">How large things get.</param>
    public LaneShard(LaneLimits limits)
    {
        _limits = limits;
        _byAddress = _lanes.GetAlternateLookup<LaneAddress>();
    }

    /// <summary>How many lanes there are, idle ones included.</summary>
    public int LaneCount
    {
        get
        {
            lock (_turn)
            {
                return _lanes.Count;
            }
        }
    }

    /// <summary>Adds an event to its customer's lane.</summary>
    /// <param name="address">Which customer.</param>
    /// <param name="usage">The event.</param>
    /// <param name="waiter">Who waits for it.</param>
    /// <returns>The lane when it has to be queued now; null when it is busy already.</returns>
    public Lane? Add(in LaneAddress address, in UsageEvent usage, Waiter waiter)
    {
        lock (_turn)
        {
            var lane = Find(address);
            var batch = lane.Last;
            if (batch is null || batch.Count >= _limits.EventsMax || batch.Length + usage.Size > _limits.SizeMax)
            {
                batch = _spare.TryPop(out var spare) ? spare : new();
                lane.Append(batch);
            }

            batch.Add(usage, waiter);
            if (lane.IsBusy)
            {
                return null;
            }

            lane.IsBusy = true;
            if (lane.IdlePlace.List is not null)
            {
                _idle.Remove(lane.IdlePlace);
            }

            return lane;
        }
    }

    /// <summary>Takes what the lane's next call carries.</summary>
    /// <param name="lane">A lane that is busy and not empty.</param>
    /// <returns>The batch.</returns>
    public LaneBatch Take(Lane lane)
    {
        lock (_turn)
        {
            return lane.Take();
        }
    }

    /// <summary>Ends a call.</summary>
    /// <param name="lane">Whose.</param>
    /// <param name="spare">The batch when nobody reads it any more; null when that is not known.</param>
    /// <returns>Whether the lane has to be queued again; otherwise it is idle.</returns>
    public bool Finish(Lane lane, LaneBatch? spare)
    {
        lock (_turn)
        {
            if (spare is not null && _spare.Count < SpareMax && spare.IsReusable)
            {
                spare.Clear();
                _spare.Push(spare);
            }

            if (!lane.IsEmpty)
            {
                return true;
            }

            lane.IsBusy = false;
            _idle.AddLast(lane.IdlePlace);
            if (_idle.Count > _limits.IdleLanesMax)
            {
                var oldest = _idle.First!.Value;
                _idle.RemoveFirst();
                _lanes.Remove(oldest.Key);
            }

            return false;
        }
    }

    private Lane Find(in LaneAddress address)
    {
        if (_byAddress.TryGetValue(address, out var known))
        {
            return known;
        }

        var key = new LaneKey(address.Product, address.Customer.ToArray(), address.Hash);
        var lane = new Lane(key, this);
        _lanes.Add(key, lane);
        return lane;
    }
}
