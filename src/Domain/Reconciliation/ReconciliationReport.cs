using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation;

/// <summary>What came of comparing the ledger with evidence.</summary>
/// <param name="Differences">The first differences, by hour, dimension and buyer.</param>
/// <param name="Summary">What was compared, all differences counted.</param>
public sealed record ReconciliationReport(IReadOnlyList<Difference> Differences, ReconciliationSummary Summary)
{
    /// <summary>Whether there are more differences than are told.</summary>
    public bool IsTruncated => Summary.Counts.Values.Sum() > Differences.Count;
}

/// <summary>How many records, and their quantities together.</summary>
/// <param name="Records">How many there are.</param>
/// <param name="Quantity">The sum.</param>
public readonly record struct RecordSum(long Records, long Quantity)
{
    /// <summary>Adds a record.</summary>
    /// <param name="quantity">Its quantity.</param>
    /// <returns>The new sum.</returns>
    public RecordSum With(long quantity) => new(Records + 1, Quantity + quantity);
}

/// <summary>Both sides of a dimension.</summary>
/// <param name="Here">What is delivered or shadowed here.</param>
/// <param name="There">What AWS has by the evidence.</param>
public readonly record struct DimensionSums(RecordSum Here, RecordSum There);

/// <summary>What was compared.</summary>
public sealed record ReconciliationSummary
{
    /// <summary>Whether days were compared, and not hours.</summary>
    public required bool IsDaily { get; init; }

    /// <summary>Whether customers were not told apart.</summary>
    public required bool IgnoresCustomers { get; init; }

    /// <summary>What is delivered here, shadowed records included.</summary>
    public required RecordSum Here { get; init; }

    /// <summary>What AWS has by the evidence.</summary>
    public required RecordSum There { get; init; }

    /// <summary>The part of <see cref="Here"/> that was computed and not sent.</summary>
    public required RecordSum Shadowed { get; init; }

    /// <summary>In how many records, or sums where sums are compared, both sides say the same.</summary>
    public required long Equal { get; init; }

    /// <summary>How many differences there are of each kind; kinds of which there are none are left out.</summary>
    public required IReadOnlyDictionary<DifferenceKind, long> Counts { get; init; }

    /// <summary>Both sides of each dimension, as AWS has it, in ordinal order.</summary>
    public required IReadOnlyDictionary<string, DimensionSums> Dimensions { get; init; }

    /// <summary>Records here that AWS doesn't have as far as is known here, by state: what is not billed.</summary>
    public required IReadOnlyDictionary<RecordState, RecordSum> Undelivered { get; init; }

    /// <summary>Records of the evidence that AWS didn't take.</summary>
    public required long Refused { get; init; }

    /// <summary>Records of the evidence from before or after the hours compared.</summary>
    public required long Outside { get; init; }

    /// <summary>Records of the evidence that are other products'.</summary>
    public required long OtherProducts { get; init; }
}
