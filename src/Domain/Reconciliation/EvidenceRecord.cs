using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation;

/// <summary>What somebody else says of one usage record, or of all records of a day.</summary>
/// <param name="Line">In which line of the evidence it begins, from 1.</param>
/// <param name="Identity">Whose usage it is, as far as it is said.</param>
/// <param name="Dimension">The dimension, as AWS has it.</param>
/// <param name="Time">When the usage was; the first moment of the day where only that is known.</param>
/// <param name="Quantity">How much, 0 to <see cref="QuantityMax"/>.</param>
public sealed record EvidenceRecord(
    int Line,
    CustomerIdentity Identity,
    string Dimension,
    DateTimeOffset Time,
    long Quantity)
{
    /// <summary>
    /// The largest quantity of one record: more than all records of a day of 40 customers can have, and small enough
    /// that no sum overflows.
    /// </summary>
    public const long QuantityMax = 100_000_000_000;

    /// <summary>The status of a record that AWS has.</summary>
    public const string Success = "Success";

    /// <summary>The status of a record that a call left for later.</summary>
    public const string Unprocessed = "Unprocessed";

    /// <summary>Which product's it is, its product code; null where it isn't said.</summary>
    public string? Product { get; init; }

    /// <summary>Whether only the day is known.</summary>
    public bool IsDaily { get; init; }

    /// <summary>The receipts that AWS gave for it, in the order in which it did; often none or one.</summary>
    public IReadOnlyList<string> MeteringRecordIds { get; init; } = [];

    /// <summary>AWS's status of it, or the error code of its call.</summary>
    public string Status { get; init; } = Success;

    /// <summary>Whether AWS has it, and so bills it.</summary>
    public bool IsAccepted => Status == Success;
}
