using System.Runtime.CompilerServices;
using Tally.Emulator.Rules;

namespace Tally.Emulator.State;

/// <summary>Everything in memory, gone with the process.</summary>
internal sealed class MemoryState : IEmulatorState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UsageKey, MeteredRecord> _byKey = [];
    private readonly List<StoredUsage> _usages = [];

    public DocumentCache Documents { get; } = new();

    public ValueTask SaveAsync(IReadOnlyList<DocumentChange> changes)
    {
        lock (_gate)
            Documents.Apply(changes);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> SaveAsync(IReadOnlyList<DocumentChange> changes, long generation)
    {
        lock (_gate)
        {
            if (Documents.Generation != generation) return ValueTask.FromResult(false);
            Documents.Apply(changes);
        }

        return ValueTask.FromResult(true);
    }

    public ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(IReadOnlyList<StoredUsage> usages)
    {
        var stored = new MeteredRecord[usages.Count];
        lock (_gate)
        {
            foreach (var (index, usage) in usages.Index())
                stored[index] = Add(usage);
        }

        return ValueTask.FromResult<IReadOnlyList<MeteredRecord>>(stored);
    }

    public async IAsyncEnumerable<StoredUsage> ListAsync(
        RecordFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredUsage[] usages;
        lock (_gate)
            usages = [.. _usages];
        await Task.CompletedTask;
        foreach (var usage in usages.Where(usage => filter.Admits(usage.Record)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return usage;
        }
    }

    public ValueTask ReplaceAsync(IReadOnlyList<DocumentChange> documents, IReadOnlyList<StoredUsage> usages)
    {
        lock (_gate)
        {
            _byKey.Clear();
            _usages.Clear();
            foreach (var usage in usages)
                _ = Add(usage);
            Documents.Replace(documents);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ResetAsync() => ReplaceAsync([], []);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MeteredRecord Add(StoredUsage usage)
    {
        if (_byKey.TryGetValue(usage.Key, out var stored)) return stored;
        _byKey.Add(usage.Key, usage.Record);
        _usages.Add(usage);
        return usage.Record;
    }
}
