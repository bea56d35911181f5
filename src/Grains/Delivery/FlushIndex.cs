using System.Collections.Immutable;
using Tally.Contracts.Customers;

namespace Tally.Grains.Delivery;

/// <summary>
/// Which customers the flush has to visit. Wraps the stored index with what need not be stored: how far a customer
/// is known to be sealed. After a restart nothing is known, so every active customer is visited once.
/// </summary>
/// <param name="stored">The stored index.</param>
internal sealed class FlushIndex(Dictionary<string, bool> stored)
{
    private readonly Dictionary<string, Visit> _active =
        stored.Where(pair => pair.Value).ToDictionary(pair => pair.Key, _ => default(Visit));

    /// <summary>Customers that were ever registered.</summary>
    public int KnownCount => stored.Count;

    /// <summary>Customers to be visited.</summary>
    public int ActiveCount => _active.Count;

    /// <summary>All customers that were ever registered.</summary>
    public IEnumerable<string> Known => stored.Keys;

    /// <summary>Enters a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether the stored index has changed and must be written.</returns>
    public bool Register(string customer)
    {
        var generation = _active.TryGetValue(customer, out var visit) ? visit.Generation + 1 : 1;
        _active[customer] = new(generation, null, null);
        if (stored.TryGetValue(customer, out var isActive) && isActive)
        {
            return false;
        }

        stored[customer] = true;
        return true;
    }

    /// <summary>Lists the customers that have to be asked to seal.</summary>
    /// <param name="throughSeconds">The start of the last hour to seal.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The customers, each with the registration that the visit will answer for.</returns>
    public ImmutableArray<(string Customer, int Generation)> ToVisit(long throughSeconds, DateTimeOffset now) =>
    [
        .. from pair in _active
           where pair.Value.SealedThrough is not { } known || known < throughSeconds || pair.Value.VisitAt <= now
           select (pair.Key, pair.Value.Generation),
    ];

    /// <summary>Notes that a customer has sealed.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="generation">The registration that was visited; a later one is left alone.</param>
    /// <param name="throughSeconds">How far it has sealed.</param>
    /// <param name="reply">Whether it has nothing left to do, and when it wants to be visited again.</param>
    /// <returns>
    /// Whether the stored index has changed; writing it can wait, as one visit too many does no harm.
    /// </returns>
    public bool Visited(string customer, int generation, long throughSeconds, SealReply reply)
    {
        if (!_active.TryGetValue(customer, out var visit) || visit.Generation != generation)
        {
            return false;
        }

        if (!reply.IsIdle)
        {
            _active[customer] = visit with { SealedThrough = throughSeconds, VisitAt = reply.VisitAt };
            return false;
        }

        _active.Remove(customer);
        stored[customer] = false;
        return true;
    }

    /// <summary>Takes a customer out that another shard knows.</summary>
    /// <param name="customer">The customer.</param>
    public void Remove(string customer)
    {
        stored.Remove(customer);
        _active.Remove(customer);
    }

    private readonly record struct Visit(int Generation, long? SealedThrough, DateTimeOffset? VisitAt);
}
