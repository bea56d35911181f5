namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// Whose turn it is: of products whose deadline is near the nearest, otherwise who has waited longest since its last
/// call. As all calls count the same, that is an equal share. After some calls in a row that went before their time
/// who has waited longest goes, whatever the deadlines, so that nobody starves.
/// </summary>
/// <param name="options">What near means, and how many urgent calls go in a row.</param>
internal sealed class TurnOrder(ThrottleOptions options)
{
    private int _urgentInRow;

    private bool IsPatienceOver => _urgentInRow >= options.UrgentTurns;

    /// <summary>Whether one product goes before another.</summary>
    public bool IsBefore(ProductThrottle one, ProductThrottle other, DateTimeOffset now)
    {
        var isUrgent = IsUrgent(one, now);
        if (IsPatienceOver || (!isUrgent && !IsUrgent(other, now)))
        {
            return HasWaitedLonger(one, other);
        }

        if (isUrgent != IsUrgent(other, now))
        {
            return isUrgent;
        }

        return one.Deadline == other.Deadline ? HasWaitedLonger(one, other) : one.Deadline < other.Deadline;
    }

    /// <summary>How many turns come first; rather too few than too many, as asking early does no harm.</summary>
    public int CountBefore(ProductThrottle product, IEnumerable<ProductThrottle> others, DateTimeOffset now)
    {
        var isUrgent = IsUrgent(product, now);
        var alike = 0;
        var unlike = 0;
        foreach (var other in others.Where(other => IsBefore(other, product, now)))
        {
            _ = IsUrgent(other, now) == isUrgent ? alike++ : unlike++;
        }

        return IsPatienceOver ? Math.Min(1, alike + unlike) : alike + Math.Min(1, unlike);
    }

    /// <summary>Counts a call.</summary>
    /// <param name="product">Whose call it is.</param>
    /// <param name="others">The products that could have gone instead.</param>
    public void Started(ProductThrottle product, IEnumerable<ProductThrottle> others) =>
        _urgentInRow = others.Any(other => HasWaitedLonger(other, product))
            ? Math.Min(_urgentInRow + 1, options.UrgentTurns)
            : 0;

    private static bool HasWaitedLonger(ProductThrottle one, ProductThrottle other) =>
        (one.LastTurn, one.Sequence).CompareTo((other.LastTurn, other.Sequence)) < 0;

    private bool IsUrgent(ProductThrottle product, DateTimeOffset now) =>
        options.UrgentWithin > TimeSpan.Zero && product.Deadline - now <= options.UrgentWithin;
}
