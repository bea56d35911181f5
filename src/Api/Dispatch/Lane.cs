using Tally.Contracts.Customers;

namespace Tally.Api.Dispatch;

/// <summary>
/// One customer's queue. Guarded by its shard, except for <see cref="Grain"/>, which only the call under way touches.
/// </summary>
internal sealed class Lane
{
    private LaneBatch? _first;
    private LaneBatch? _last;

    /// <summary>Makes an empty lane.</summary>
    /// <param name="key">Which customer.</param>
    /// <param name="shard">Where it belongs.</param>
    public Lane(LaneKey key, LaneShard shard)
    {
        (Key, Shard) = (key, shard);
        IdlePlace = new(this);
    }

    /// <summary>Which customer.</summary>
    public LaneKey Key { get; }

    /// <summary>Where it belongs.</summary>
    public LaneShard Shard { get; }

    /// <summary>The customer's actor, once it has been called.</summary>
    public ICustomerGrain? Grain { get; set; }

    /// <summary>Whether it waits for its turn or is in a call.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Its place among the idle lanes, in the list only while it is idle.</summary>
    public LinkedListNode<Lane> IdlePlace { get; }

    /// <summary>Whether no events wait.</summary>
    public bool IsEmpty => _first is null;

    /// <summary>The batch that takes the next event, if there is one.</summary>
    public LaneBatch? Last => _last;

    /// <summary>Puts a batch behind the others.</summary>
    /// <param name="batch">The batch.</param>
    public void Append(LaneBatch batch)
    {
        if (_last is null)
        {
            _first = batch;
        }
        else
        {
            _last.Next = batch;
        }

        _last = batch;
    }

    /// <summary>Takes the first batch; there is one.</summary>
    /// <returns>The batch.</returns>
    public LaneBatch Take()
    {
        var batch = _first!;
        _first = batch.Next;
        _last = _first is null ? null : _last;
        batch.Next = null;
        return batch;
    }
}
