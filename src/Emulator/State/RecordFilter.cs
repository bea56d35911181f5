namespace Tally.Emulator.State;

/// <summary>Which records to list; null stands for any.</summary>
internal sealed record RecordFilter
{
    /// <summary>Those of this product.</summary>
    public string? ProductCode { get; init; }

    /// <summary>Those of this <c>CustomerIdentifier</c> or account id.</summary>
    public string? Customer { get; init; }

    /// <summary>Those of products of this seller's account.</summary>
    public string? AccountId { get; init; }

    /// <summary>Those that were metered in this region.</summary>
    public string? Region { get; init; }

    public bool Admits(MeteredRecord record) =>
        IsOpenOrEqual(ProductCode, record.ProductCode)
        && IsOpenOrEqual(AccountId, record.AccountId)
        && IsOpenOrEqual(Region, record.Region)
        && (IsOpenOrEqual(Customer, record.CustomerIdentifier) || IsOpenOrEqual(Customer, record.CustomerAWSAccountId));

    private static bool IsOpenOrEqual(string? wanted, string? found) =>
        wanted is null || string.Equals(wanted, found, StringComparison.Ordinal);
}
