using Tally.Contracts.Moves;

namespace Tally.Api.Moves;

/// <summary>What was taken in.</summary>
/// <param name="Tenant">The tenant's name here.</param>
/// <param name="Export">Which export it was.</param>
/// <param name="Products">How many products.</param>
/// <param name="Customers">How many customers.</param>
/// <param name="LedgerLines">How many lines of the ledger.</param>
/// <param name="Keys">How many API keys the export has.</param>
/// <param name="KeysLeftOut">
/// The ids of those that don't work here: they had only the platform's own scope, or are another tenant's.
/// </param>
internal sealed record ImportAnswer(
    string Tenant,
    string Export,
    int Products,
    long Customers,
    long LedgerLines,
    int Keys,
    IReadOnlyList<string> KeysLeftOut)
{
    /// <summary>Shows what was taken in.</summary>
    /// <param name="tenant">The tenant's name here.</param>
    /// <param name="closed">How the export was read.</param>
    /// <param name="leftOut">The keys that were left out.</param>
    /// <returns>The answer.</returns>
    public static ImportAnswer Of(string tenant, ImportCursor closed, IReadOnlyList<string> leftOut)
    {
        var counts = closed.Counts;
        return new(
            tenant, closed.Export, counts.Products, counts.Customers, counts.LedgerLines, counts.Keys, leftOut);
    }
}
