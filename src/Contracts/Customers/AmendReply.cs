using Tally.Domain.Sealing;

namespace Tally.Contracts.Customers;

/// <summary>What became of an amendment.</summary>
/// <param name="Status">Whether it is done, or why not.</param>
/// <param name="Record">The record as it is now; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("Tally.AmendReply")]
public sealed record AmendReply(
    [property: Id(0)] AmendStatus Status,
    [property: Id(1)] RecordView? Record);
