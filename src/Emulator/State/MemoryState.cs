using System.Runtime.CompilerServices;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.State;

/// <summary>Everything in memory, gone with the process.</summary>
internal sealed class MemoryState : IEmulatorState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UsageKey, MeteredRecord> _byKey = [];
    private readonly List<MeteredRecord> _records = [];
    private readonly Dictionary<string, RegisteredCustomer> _tokens = new(StringComparer.Ordinal);
    private volatile ProductCatalogue _catalogue = ProductCatalogue.Empty;

    public ProductCatalogue Catalogue => _catalogue;

    public ValueTask DeclareAsync(string productCode, ProductDeclaration declaration)
    {
        lock (_gate)
            _catalogue = _catalogue.Declare(productCode, declaration);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(
        IReadOnlyList<(UsageKey Key, MeteredRecord Record)> records)
    {
        var stored = new MeteredRecord[records.Count];
        lock (_gate)
        {
            foreach (var (index, (key, record)) in records.Index())
                stored[index] = Add(key, record);
        }

        return ValueTask.FromResult<IReadOnlyList<MeteredRecord>>(stored);
    }

    public async IAsyncEnumerable<MeteredRecord> ListAsync(
        RecordFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MeteredRecord[] records;
        lock (_gate)
            records = [.. _records];
        await Task.CompletedTask;
        foreach (var record in records.Where(filter.Admits))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public ValueTask AddTokenAsync(string token, RegisteredCustomer customer)
    {
        lock (_gate)
            _tokens[token] = customer;
        return ValueTask.CompletedTask;
    }

    public ValueTask<RegisteredCustomer?> FindTokenAsync(string token)
    {
        lock (_gate)
            return ValueTask.FromResult(_tokens.GetValueOrDefault(token));
    }

    public ValueTask ResetAsync()
    {
        lock (_gate)
        {
            _byKey.Clear();
            _records.Clear();
            _tokens.Clear();
            _catalogue = ProductCatalogue.Empty;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MeteredRecord Add(UsageKey key, MeteredRecord record)
    {
        if (_byKey.TryGetValue(key, out var stored)) return stored;
        _byKey.Add(key, record);
        _records.Add(record);
        return record;
    }
}
