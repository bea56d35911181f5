using System.Globalization;
using Tally.Emulator.Catalogue;
using Tally.Emulator.State;

namespace Tally.Emulator.Deployments;

/// <summary>
/// The keys of every product, version by version. Version 1 is made when a key is first needed; old versions stay, as
/// software that is out in the world goes on asking for the one it was built with.
/// </summary>
internal sealed class ProductKeys(IEmulatorState state, TimeProvider time) : IDisposable
{
    public const int VersionsMax = 1000;
    private readonly DocumentTable<ProductKey> _keys = new(state, "product-key", StateJson.Default.ProductKey);
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>The key of that version; null: there is none.</summary>
    public async Task<ProductKey?> FindAsync(Product product, int version)
    {
        if (_keys.Find(KeyOf(product, version)) is { } known) return known;
        return (await ListAsync(product)).FirstOrDefault(key => key.Version == version);
    }

    /// <summary>All versions, the oldest first.</summary>
    public Task<List<ProductKey>> ListAsync(Product product) => AloneAsync(async () =>
    {
        if (Known(product) is { Count: > 0 } known) return known;
        var first = ProductKey.Create(1, time.GetUtcNow());
        await state.SaveAsync([_keys.Put(KeyOf(product, 1), first)]);
        return [first];
    });

    /// <summary>
    /// Makes the next version, by which the one before is replaced at that moment; null: now. Null is returned when
    /// there are too many versions.
    /// </summary>
    public async Task<ProductKey?> RotateAsync(Product product, DateTimeOffset? rotatesAt)
    {
        _ = await ListAsync(product);
        return await AloneAsync(async () =>
        {
            if (Known(product) is not { Count: > 0 and < VersionsMax } known) return null;
            var now = time.GetUtcNow();
            var last = known[^1] with { RotatesAt = (rotatesAt ?? now).ToUniversalTime() };
            var next = ProductKey.Create(last.Version + 1, now);
            await state.SaveAsync(
                [_keys.Put(KeyOf(product, last.Version), last), _keys.Put(KeyOf(product, next.Version), next)]);
            return next;
        });
    }

    public void Dispose() => _changing.Dispose();

    private List<ProductKey> Known(Product product)
    {
        var prefix = $"{product.AccountId}|{product.Code}|";
        return
        [
            .. _keys.List().Where(held => held.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(held => held.Value).OrderBy(key => key.Version),
        ];
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work)
    {
        await _changing.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    private static string KeyOf(Product product, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{product.AccountId}|{product.Code}|{version}");
}
