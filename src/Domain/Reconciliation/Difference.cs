using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation;

/// <summary>Something that ledger and evidence don't say alike.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="StartSeconds">The start of its hour or day, in seconds since 1970.</param>
/// <param name="Dimension">The dimension, as AWS has it.</param>
/// <param name="Identity">The buyer, as far as it is compared.</param>
/// <param name="Cause">The likely cause, and what to do, in words.</param>
public sealed record Difference(
    DifferenceKind Kind,
    long StartSeconds,
    string Dimension,
    CustomerIdentity Identity,
    string Cause)
{
    /// <summary>The customer here; null where there is none, or where sums are compared.</summary>
    public string? Customer { get; init; }

    /// <summary>Which record of the customer it is.</summary>
    public RecordKey? Record { get; init; }

    /// <summary>The record's state here.</summary>
    public RecordState? State { get; init; }

    /// <summary>The quantity here; null where nothing is here.</summary>
    public long? QuantityHere { get; init; }

    /// <summary>The quantity there; null where nothing is there.</summary>
    public long? QuantityThere { get; init; }

    /// <summary>AWS's receipt as the ledger has it; null for none.</summary>
    public string? ReceiptHere { get; init; }

    /// <summary>AWS's receipts as the evidence has them, at most <see cref="ListMax"/>.</summary>
    public IReadOnlyList<string> ReceiptsThere { get; init; } = [];

    /// <summary>Where it stands in the evidence, at most <see cref="ListMax"/> lines.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];

    /// <summary>What AWS answered where it didn't take it, at most <see cref="ListMax"/> statuses.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>How many receipts, lines and statuses are told of one difference.</summary>
    public const int ListMax = 10;
}
