namespace Tally.Contracts.Moves;

/// <summary>
/// Hands out all of a frozen tenant, part by part, as JSON Lines. Its key is the tenant's name. It remembers nothing
/// between two parts, so it can be asked for a part again.
/// </summary>
[Alias("Tally.ITenantExportGrain")]
public interface ITenantExportGrain : IGrainWithStringKey
{
    /// <summary>Reads a part.</summary>
    /// <param name="at">What came with the part before; null for the first.</param>
    /// <returns>
    /// The part; null when the tenant isn't frozen, or not any more since the first part. What was read so far is
    /// worth nothing then, and lacks the closing line.
    /// </returns>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger can't be read.</exception>
    /// <exception cref="Customers.UsageStoreUnavailableException">A store can't be read.</exception>
    [Alias("Read")]
    Task<ExportPart?> Read(ExportCursor? at);
}
