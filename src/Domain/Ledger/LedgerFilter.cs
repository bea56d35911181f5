using Tally.Domain.Catalogue;

namespace Tally.Domain.Ledger;

/// <summary>Which lines are asked for. What is null doesn't narrow.</summary>
/// <param name="Product">The tenant and its product; nobody sees across tenants.</param>
public sealed record LedgerFilter(ProductKey Product)
{
    /// <summary>Only this customer's.</summary>
    public string? Customer { get; init; }

    /// <summary>Only of the dimension with this ordinal.</summary>
    public int? Ordinal { get; init; }

    /// <summary>Only of hours that start at this moment or later, in seconds since 1970.</summary>
    public long? FromSeconds { get; init; }

    /// <summary>Only of hours that start before this moment, in seconds since 1970.</summary>
    public long? ToSeconds { get; init; }

    /// <summary>Only of this kind.</summary>
    public LedgerKind? Kind { get; init; }

    /// <summary>Only with this receipt.</summary>
    public string? MeteringRecordId { get; init; }
}
