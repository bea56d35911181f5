using Tally.Emulator.State;

namespace Tally.Emulator.Deployments;

/// <summary>
/// What every <c>ClientToken</c> was used for, by seller, region and buyer, for a day. It answers retries and finds
/// tokens that are used for two requests; that nothing counts twice doesn't hang on it, but on the key of the record.
/// </summary>
internal sealed class ClientTokens(IEmulatorState state) : IDisposable
{
    private const int GateCount = 64;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly DocumentTable<TokenUse> _uses = new(state, "client-token", StateJson.Default.TokenUse);
    private readonly SemaphoreSlim[] _gates =
        [.. Enumerable.Range(0, GateCount).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly SweepTimer _sweeping = new();

    /// <summary>Does the work while no other call with that token is at work.</summary>
    public async Task<T> AloneAsync<T>(string key, Func<Task<T>> work)
    {
        var gate = _gates[unchecked((uint)StringComparer.Ordinal.GetHashCode(key)) % GateCount];
        await gate.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _ = gate.Release();
        }
    }

    public TokenUse? Find(string key, DateTimeOffset now) =>
        _uses.Find(key) is { } use && now - use.UsedAt < Lifetime ? use : null;

    /// <summary>Remembers the use, and once in a while forgets those whose time is up.</summary>
    public ValueTask SaveAsync(string key, TokenUse use) =>
        state.SaveAsync([.. ExpiredAt(use.UsedAt).Select(_uses.Remove), _uses.Put(key, use)]);

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }

    private IEnumerable<string> ExpiredAt(DateTimeOffset now) => _sweeping.IsDue(now)
        ? _uses.List().Where(held => now - held.Value.UsedAt >= Lifetime).Select(held => held.Key)
        : [];
}
