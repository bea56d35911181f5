using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tally.Api.Dispatch;
using Tally.Api.Hosting;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Products;

/// <summary>The products' definitions as this process last saw them.</summary>
internal sealed class ProductCache
{
    private readonly IGrainFactory _grains;
    private readonly CallPatience _patience;
    private readonly TimeProvider _time;
    private readonly TimeSpan _refreshedAfter;
    private readonly GenerationalCache<ProductKey, CachedProduct> _known;
    private readonly GenerationalCache<ProductKey, bool> _unknown;
    private readonly ConcurrentDictionary<ProductKey, Task<CachedProduct?>> _asking = new();

    /// <summary>Makes a cache.</summary>
    /// <param name="grains">Where definitions are read.</param>
    /// <param name="patience">Reads again.</param>
    /// <param name="options">How much is remembered, and for how long.</param>
    /// <param name="time">The clock.</param>
    public ProductCache(
        IGrainFactory grains, CallPatience patience, IOptions<TallyApiOptions> options, TimeProvider time)
    {
        (_grains, _patience, _time, _refreshedAfter) = (grains, patience, time, options.Value.UnknownCachedFor);
        _known = new(options.Value.ProductsCachedMax, options.Value.ProductCachedFor, time);
        _unknown = new(options.Value.ProductsCachedMax, options.Value.UnknownCachedFor, time);
    }

    /// <summary>Finds a product.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="code">Its code, any text.</param>
    /// <returns>The product; null when the tenant has none of this code.</returns>
    public ValueTask<CachedProduct?> Find(string tenant, string code)
    {
        if (!Names.IsProductCode(code))
        {
            return new((CachedProduct?)null);
        }

        var key = new ProductKey(tenant, code);
        return _known.TryGet(key, out var product) ? new(product)
            : _unknown.TryGet(key, out _) ? new((CachedProduct?)null)
            : new(Ask(key));
    }

    /// <summary>Lists the products of a tenant.</summary>
    /// <param name="tenant">Whose.</param>
    /// <returns>Their codes; some may not be made yet.</returns>
    public async Task<IReadOnlySet<string>> CodesOf(string tenant) =>
        (await _grains.GetGrain<ITenantGrain>(tenant).Get())?.Products.ToHashSet() ?? [];

    /// <summary>Reads a product anew because something in it was not found, unless it was read just now.</summary>
    /// <param name="product">The product as it is known.</param>
    /// <returns>The product as it is.</returns>
    public ValueTask<CachedProduct?> Refresh(CachedProduct product) =>
        _time.GetElapsedTime(product.ReadAt) < _refreshedAfter ? new(product) : new(Ask(product.Key));

    /// <summary>Remembers a definition that was just made.</summary>
    /// <param name="key">Whose product it is.</param>
    /// <param name="definition">The definition.</param>
    /// <returns>The product.</returns>
    public CachedProduct Put(ProductKey key, ProductDefinition definition)
    {
        _unknown.Remove(key);
        if (_known.TryGet(key, out var known) && known.Definition.Version > definition.Version)
        {
            return known;
        }

        var product = new CachedProduct(key, definition, _time.GetTimestamp());
        _known.Put(key, product);
        return product;
    }

    // Whoever asks for the same product meanwhile waits for the same answer.
    private async Task<CachedProduct?> Ask(ProductKey key)
    {
        try
        {
            return await _asking.GetOrAdd(key, Read);
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    private async Task<CachedProduct?> Read(ProductKey key)
    {
        if (await _patience.Ask(() => _grains.GetGrain<IProductGrain>(key.ToString()).Get()) is { } definition)
        {
            return Put(key, definition);
        }

        _unknown.Put(key, true);
        return null;
    }
}
