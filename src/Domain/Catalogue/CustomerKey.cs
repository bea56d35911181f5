namespace Tally.Domain.Catalogue;

/// <summary>Which buyer of which product of which tenant.</summary>
/// <param name="Product">The tenant and its product.</param>
/// <param name="Customer">The customer, 1 to 255 characters of any kind.</param>
public readonly record struct CustomerKey(ProductKey Product, string Customer)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static CustomerKey Parse(string text)
    {
        var tenantEnd = text.IndexOf('|', StringComparison.Ordinal);
        var productEnd = tenantEnd < 0 ? -1 : text.IndexOf('|', tenantEnd + 1);
        return productEnd < 0 || productEnd == text.Length - 1
            ? throw new FormatException("A customer key has three parts.")
            : new(ProductKey.Parse(text[..productEnd]), text[(productEnd + 1)..]);
    }

    /// <summary>
    /// Writes the key as <c>tenant|product|customer</c>. Neither tenants nor product codes can hold a bar, so that
    /// different keys are different texts.
    /// </summary>
    /// <returns>The text, used as the actor's name and as the journal's key.</returns>
    public override string ToString() => $"{Product}|{Customer}";
}
