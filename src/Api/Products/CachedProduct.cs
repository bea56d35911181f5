using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Products;

/// <summary>A product's definition, arranged for looking things up by bytes.</summary>
internal sealed class CachedProduct
{
    private readonly Dictionary<byte[], CachedDimension> _dimensions = new(new BytesComparer());
    private readonly List<CachedDimension> _named = [];

    /// <summary>Arranges a definition.</summary>
    /// <param name="key">Whose product it is.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="readAt">When it was read, as the clock's timestamp.</param>
    public CachedProduct(ProductKey key, ProductDefinition definition, long readAt)
    {
        (Key, Definition, ReadAt) = (key, definition, readAt);
        Text = key.ToString();
        Seed = unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Text)));
        OnlyCustomer = definition.Channel == DeliveryChannel.MeterUsage
            ? Encoding.UTF8.GetBytes(ProductDefinition.OwnCustomer)
            : null;
        foreach (var dimension in definition.Dimensions.Where(dimension => !dimension.Retired))
        {
            Add(dimension.Name, dimension, null);
        }

        foreach (var meter in definition.Meters)
        {
            Add(meter.Name, definition.Dimensions.First(dimension => dimension.Name == meter.Dimension), meter);
        }
    }

    /// <summary>Whose product it is.</summary>
    public ProductKey Key { get; }

    /// <summary>The definition.</summary>
    public ProductDefinition Definition { get; }

    /// <summary>The one customer that it may have, in UTF-8; null for any.</summary>
    public byte[]? OnlyCustomer { get; }

    /// <summary>The key as text.</summary>
    public string Text { get; }

    /// <summary>The key's hash.</summary>
    public long Seed { get; }

    /// <summary>When it was read, as the clock's timestamp.</summary>
    public long ReadAt { get; }

    /// <summary>Finds a dimension that is not retired, by its own name or by a meter's.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="dimension">The dimension.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out CachedDimension dimension) =>
        _dimensions.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out dimension);

    /// <summary>What was found in this definition.</summary>
    /// <param name="place">Its place among the names.</param>
    /// <returns>The dimension, by its own name or by a meter's.</returns>
    public CachedDimension this[int place] => _named[place];

    private void Add(string name, DimensionDefinition dimension, MeterDefinition? meter)
    {
        var cached = new CachedDimension(Encoding.UTF8.GetBytes(name), dimension, _named.Count, meter);
        _named.Add(cached);
        _dimensions.Add(cached.Name, cached);
    }

    private sealed class BytesComparer
        : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) =>
            unchecked((int)XxHash3.HashToUInt64(alternate));

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

/// <summary>A dimension, arranged for looking things up by bytes.</summary>
/// <param name="Name">The name that it is found by, in UTF-8.</param>
/// <param name="Definition">The dimension.</param>
/// <param name="Place">The name's place among the product's.</param>
/// <param name="Meter">The meter that has the name; null when it is the dimension's own.</param>
internal sealed record CachedDimension(byte[] Name, DimensionDefinition Definition, int Place, MeterDefinition? Meter)
{
    /// <summary>The tag whose values it counts, in UTF-8; null when it counts no values.</summary>
    public byte[]? UniqueTag { get; } =
        Definition.UniqueTag is { } tag ? Encoding.UTF8.GetBytes(tag) : null;

    /// <summary>How quantities are converted.</summary>
    public UnitConversion Conversion { get; } = Meter?.Conversion() ?? UnitConversion.None;

    /// <summary>
    /// The members' names, in UTF-8, that lead to the quantity in a CloudEvent's data; empty for the usual places.
    /// </summary>
    public byte[][] ValuePath { get; } = [.. Meter?.Value?.Split('.').Select(Encoding.UTF8.GetBytes) ?? []];
}
