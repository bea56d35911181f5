using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Domain.Ledger;

/// <summary>One thing that happened to one usage record. Never changed, never taken back.</summary>
/// <param name="Customer">Whose record it is.</param>
/// <param name="Record">The record as it was at that time.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">
/// Which line of the record it is, 1 to 100 characters. What happened once has the same id whenever it is written
/// down, so that writing it again changes nothing.
/// </param>
/// <param name="At">When, to the microsecond.</param>
public sealed record LedgerLine(
    CustomerKey Customer,
    UsageRecord Record,
    LedgerKind Kind,
    string Id,
    DateTimeOffset At)
{
    /// <summary>AWS's receipt; null where there is none.</summary>
    public string? MeteringRecordId { get; init; }

    /// <summary>AWS's status of the record, or its error code; null where AWS had no part in it.</summary>
    public string? Code { get; init; }

    /// <summary>What AWS said with an error; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>AWS's id of the call that answered; null where it isn't known.</summary>
    public string? RequestId { get; init; }

    /// <summary>Who did it, where it was a person; else null.</summary>
    public string? By { get; init; }

    /// <summary>Why, in words; null where the kind says it all.</summary>
    public string? Reason { get; init; }
}
