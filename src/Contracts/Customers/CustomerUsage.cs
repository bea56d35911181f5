using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Contracts.Customers;

/// <summary>What a customer has used.</summary>
/// <param name="Open">Accumulators that are not sealed.</param>
/// <param name="Records">Records that are not final, and the last that are.</param>
/// <param name="Balances">The conservation equation of each dimension.</param>
/// <param name="Acceptance">Until when AWS takes its records.</param>
[GenerateSerializer, Immutable, Alias("Tally.CustomerUsage")]
public sealed record CustomerUsage(
    [property: Id(0)] IReadOnlyList<OpenAccumulator> Open,
    [property: Id(1)] IReadOnlyList<RecordView> Records,
    [property: Id(2)] IReadOnlyList<DimensionBalance> Balances,
    [property: Id(3)] AcceptanceRules Acceptance);
