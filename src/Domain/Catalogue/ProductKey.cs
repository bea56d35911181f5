namespace Tally.Domain.Catalogue;

/// <summary>Which product of which tenant.</summary>
/// <param name="Tenant">The tenant; see <see cref="Names.IsTenant"/>.</param>
/// <param name="Code">The product code; see <see cref="Names.IsProductCode"/>.</param>
public readonly record struct ProductKey(string Tenant, string Code)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static ProductKey Parse(string text)
    {
        var tenantEnd = text.IndexOf('|', StringComparison.Ordinal);
        return tenantEnd <= 0 || tenantEnd != text.LastIndexOf('|') || tenantEnd == text.Length - 1
            ? throw new FormatException("A product key has two parts.")
            : new(text[..tenantEnd], text[(tenantEnd + 1)..]);
    }

    /// <summary>Writes the key as <c>tenant|product</c>; neither part can hold a bar.</summary>
    /// <returns>The text, used as the actor's name.</returns>
    public override string ToString() => $"{Tenant}|{Code}";
}
