namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// The turns of one product's flush shards, which ask the account's throttle for the product, each by itself: the
/// most urgent first, then who has waited longest since its last call.
/// </summary>
/// <param name="slack">
/// How late a shard may ask without losing its turn; see <see cref="ThrottleOptions.Slack"/>.
/// </param>
public sealed class ShardTurns(TimeSpan slack)
{
    private readonly Dictionary<int, Asker> _askers = [];
    private long _turn;

    /// <summary>How many shards are remembered.</summary>
    public int Count => _askers.Count;

    /// <summary>Whether a shard may ask for a call now, as no other goes before it.</summary>
    /// <param name="now">The present moment; never less than before.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="sendBy">How urgent its next call is.</param>
    /// <returns>Whether it may; otherwise it is to come again soon.</returns>
    public bool IsNext(DateTimeOffset now, int shard, DateTimeOffset sendBy)
    {
        var known = _askers.GetValueOrDefault(shard);
        var asker = new Asker(sendBy, known.LastTurn, now, IsWaiting: true);
        _askers[shard] = asker;
        foreach (var (other, its) in _askers)
        {
            var isHere = other != shard && its.IsWaiting && its.DueAt <= now && now - its.DueAt <= slack;
            if (isHere && (its.SendBy, its.LastTurn, other).CompareTo((sendBy, asker.LastTurn, shard)) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes when a shard was told to come again.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="dueAt">When.</param>
    public void ComeAgain(int shard, DateTimeOffset dueAt)
    {
        if (_askers.TryGetValue(shard, out var asker))
        {
            _askers[shard] = asker with { DueAt = dueAt };
        }
    }

    /// <summary>Notes that a shard's call has started.</summary>
    /// <param name="shard">The shard.</param>
    public void Started(int shard) => _askers[shard] = default(Asker) with { LastTurn = ++_turn };

    /// <summary>Notes that a shard has nothing to send.</summary>
    /// <param name="shard">The shard.</param>
    /// <returns>Whether no shard waits any more.</returns>
    public bool Withdraw(int shard)
    {
        _askers.Remove(shard);
        return !_askers.Values.Any(asker => asker.IsWaiting);
    }

    private readonly record struct Asker(DateTimeOffset SendBy, long LastTurn, DateTimeOffset DueAt, bool IsWaiting);
}
