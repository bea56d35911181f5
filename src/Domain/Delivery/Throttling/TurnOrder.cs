namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// Whose turn it is: of products whose deadline is near the nearest, otherwise who has waited longest since its last
/// call. As all calls count the same, that is an equal share. After some urgent calls in a row one of the others has
/// its turn, so that nobody starves.
/// </summary>
/// <param name="options">What near means, and how many urgent calls go in a row.</param>
internal sealed class TurnOrder(ThrottleOptions options)
{
    private int _urgentInRow;

    private bool IsOthersTurn => _urgentInRow >= options.UrgentTurns;

    /// <summary>Whether one product goes before another.</summary>
    public bool IsBefore(ProductThrottle one, ProductThrottle other, DateTimeOffset now)
    {
        var isUrgent = IsUrgent(one, now);
        if (isUrgent != IsUrgent(other, now))
        {
            return isUrgent != IsOthersTurn;
        }

        if (isUrgent && one.Deadline != other.Deadline)
        {
            return one.Deadline < other.Deadline;
        }

        return (one.LastTurn, one.Sequence).CompareTo((other.LastTurn, other.Sequence)) < 0;
    }

    /// <summary>How many turns come first; rather too few than too many, as asking early does no harm.</summary>
    public int CountBefore(ProductThrottle product, IEnumerable<ProductThrottle> others, DateTimeOffset now)
    {
        var isUrgent = IsUrgent(product, now);
        var isOtherKindFirst = false;
        var count = 0;
        foreach (var other in others.Where(other => IsBefore(other, product, now)))
        {
            var isSameKind = IsUrgent(other, now) == isUrgent;
            count += isSameKind ? 1 : 0;
            isOtherKindFirst |= !isSameKind;
        }

        return count + (isOtherKindFirst ? 1 : 0);
    }

    /// <summary>Counts a call.</summary>
    /// <param name="product">Whose call it is.</param>
    /// <param name="others">The products that could have gone instead.</param>
    /// <param name="now">The present moment.</param>
    public void Started(ProductThrottle product, IEnumerable<ProductThrottle> others, DateTimeOffset now) =>
        _urgentInRow = IsUrgent(product, now) && others.Any(other => !IsUrgent(other, now))
            ? Math.Min(_urgentInRow + 1, options.UrgentTurns)
            : 0;

    private bool IsUrgent(ProductThrottle product, DateTimeOffset now) =>
        options.UrgentWithin > TimeSpan.Zero && product.Deadline - now <= options.UrgentWithin;
}
