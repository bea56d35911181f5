namespace Tally.Domain.Delivery;

/// <summary>What is most urgent first; ties by customer, dimension and hour.</summary>
public sealed class PendingOrder : IComparer<PendingRecord>
{
    private PendingOrder()
    {
    }

    /// <summary>The one instance.</summary>
    public static PendingOrder Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(PendingRecord? x, PendingRecord? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = x.SendBy.CompareTo(y.SendBy);
        order = order != 0 ? order : string.CompareOrdinal(x.Customer, y.Customer);
        order = order != 0 ? order : x.Record.Key.Ordinal.CompareTo(y.Record.Key.Ordinal);
        return order != 0 ? order : x.Record.Key.HourStartSeconds.CompareTo(y.Record.Key.HourStartSeconds);
    }
}
