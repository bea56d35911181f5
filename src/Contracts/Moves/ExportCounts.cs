namespace Tally.Contracts.Moves;

/// <summary>How much an export holds.</summary>
/// <param name="Products">How many products.</param>
/// <param name="Customers">How many customers.</param>
/// <param name="LedgerLines">How many lines of the ledger.</param>
/// <param name="Keys">How many API keys.</param>
[GenerateSerializer, Immutable, Alias("Tally.ExportCounts")]
public sealed record ExportCounts(
    [property: Id(0)] int Products,
    [property: Id(1)] long Customers,
    [property: Id(2)] long LedgerLines,
    [property: Id(3)] int Keys)
{
    /// <summary>Nothing.</summary>
    public static ExportCounts None { get; } = new(0, 0, 0, 0);
}
