using System.Collections.Concurrent;
using Tally.Api.Dispatch;
using Tally.Contracts.Tenants;

namespace Tally.Api.Authentication;

/// <summary>The installation's keys, each for one purpose; asked for once.</summary>
/// <param name="grains">Where they are derived.</param>
/// <param name="patience">Asks again.</param>
internal sealed class PlatformKeys(IGrainFactory grains, CallPatience patience)
{
    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);

    /// <summary>Finds the key of a purpose.</summary>
    /// <param name="purpose">What it is for: one of a few fixed words, as every one is remembered for good.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>32 bytes that must not be changed.</returns>
    public async ValueTask<byte[]> DeriveAsync(string purpose, CancellationToken cancellation)
    {
        if (_known.TryGetValue(purpose, out var key))
        {
            return key;
        }

        var keys = grains.GetGrain<IPlatformKeysGrain>(IPlatformKeysGrain.TheKey);
        return _known.GetOrAdd(purpose, await patience.Ask(() => keys.Derive(purpose)).WaitAsync(cancellation));
    }
}
