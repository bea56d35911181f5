namespace Tally.Bench.Rivals;

/// <summary>The events of a request as the columns of a table.</summary>
internal sealed class EventColumns
{
    public List<string?> Products { get; } = [];

    public List<string?> Customers { get; } = [];

    public List<string?> EventIds { get; } = [];

    public List<string?> Dimensions { get; } = [];

    public List<decimal> Quantities { get; } = [];

    public List<DateTime> Times { get; } = [];

    public void Add(in Row row)
    {
        Products.Add(row.Product);
        Customers.Add(row.Customer);
        EventIds.Add(row.EventId);
        Dimensions.Add(row.Dimension);
        Quantities.Add(row.Quantity);
        Times.Add(row.Time);
    }

    /// <summary>One event.</summary>
    internal record struct Row(
        string? Product, string? Customer, string? EventId, string? Dimension, decimal Quantity, DateTime Time);
}
