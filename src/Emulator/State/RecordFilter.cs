namespace Tally.Emulator.State;

/// <summary>Which records to list; null stands for any.</summary>
/// <param name="ProductCode">Those of this product.</param>
/// <param name="Customer">Those of this <c>CustomerIdentifier</c> or account id.</param>
internal sealed record RecordFilter(string? ProductCode, string? Customer)
{
    public bool Admits(MeteredRecord record) =>
        (ProductCode is null || string.Equals(ProductCode, record.ProductCode, StringComparison.Ordinal))
        && (Customer is null
            || string.Equals(Customer, record.CustomerIdentifier, StringComparison.Ordinal)
            || string.Equals(Customer, record.CustomerAWSAccountId, StringComparison.Ordinal));
}
