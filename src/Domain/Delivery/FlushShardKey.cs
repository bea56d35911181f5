using System.Globalization;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Delivery;

/// <summary>Which flush shard of which product.</summary>
/// <param name="Product">Whose delivery it is a part of.</param>
/// <param name="Shard">The shard, from 0.</param>
public readonly record struct FlushShardKey(ProductKey Product, int Shard)
{
    /// <summary>Finds the shard of a customer.</summary>
    /// <param name="product">The product.</param>
    /// <param name="customer">Its customer.</param>
    /// <param name="count">How many shards the product has.</param>
    /// <returns>The key.</returns>
    public static FlushShardKey Of(ProductKey product, string customer, int count) =>
        new(product, FlushShards.Of(customer, count));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static FlushShardKey Parse(string text)
    {
        var productEnd = text.LastIndexOf('|');
        return productEnd > 0
            && int.TryParse(text.AsSpan(productEnd + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            ? new(ProductKey.Parse(text[..productEnd]), shard)
            : throw new FormatException("A flush shard's key has three parts, the last of them a number.");
    }

    /// <summary>Writes the key as <c>tenant|product|shard</c>.</summary>
    /// <returns>The text, used as the actor's name.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Product}|{Shard}");
}
