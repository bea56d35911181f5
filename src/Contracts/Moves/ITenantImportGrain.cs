namespace Tally.Contracts.Moves;

/// <summary>
/// Takes in an export. Its key is the name that the tenant gets here. First all of it is checked, then it is taken in;
/// both by parts of whole lines, in their order.
/// </summary>
[Alias("Tally.ITenantImportGrain")]
public interface ITenantImportGrain : IGrainWithStringKey
{
    /// <summary>Checks lines, and changes nothing.</summary>
    /// <param name="at">What came with the lines before; null for the first.</param>
    /// <param name="lines">Whole lines; UTF-8.</param>
    /// <returns>Whether they can be taken in.</returns>
    [Alias("Check")]
    Task<ImportReply> Check(ImportCursor? at, ReadOnlyMemory<byte> lines);

    /// <summary>
    /// Begins to take in an export that was checked, or begins again with one that was interrupted. Takes some seconds,
    /// until every silo must have heard of it.
    /// </summary>
    /// <param name="export">Which export.</param>
    /// <returns>Whether it may be taken in.</returns>
    [Alias("Begin")]
    Task<ImportStart> Begin(string export);

    /// <summary>Takes lines in. With the closing line the tenant is there, and frozen.</summary>
    /// <param name="session">What <see cref="Begin"/> gave.</param>
    /// <param name="at">What came with the lines before; null for the first.</param>
    /// <param name="lines">Whole lines; UTF-8.</param>
    /// <returns>Whether they were taken.</returns>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger doesn't take lines; begin again.</exception>
    /// <exception cref="Customers.UsageStoreUnavailableException">A store doesn't answer; begin again.</exception>
    [Alias("Apply")]
    Task<ImportReply> Apply(string session, ImportCursor? at, ReadOnlyMemory<byte> lines);
}
