using Tally.Journal;

namespace Tally.Grains.Tests.Hosting;

/// <summary>A journal in memory that can be told to fail, before or after it has stored what it was given.</summary>
internal sealed class MemoryJournal : IUsageJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<JournalEntry>> _entries = [];
    private long _position;

    /// <summary>Decides for each append whether it fails, and how; null for no failures.</summary>
    public Func<AppendFailure>? Failures { get; set; }

    /// <summary>Called before each append, which waits for it.</summary>
    public Func<Task>? BeforeAppend { get; set; }

    /// <summary>As in a cluster; the price for one that isn't is nothing but a look.</summary>
    public bool IsShared => true;

    /// <summary>How many appends have failed.</summary>
    public int FailedAppends { get; private set; }

    public ValueTask<long> AppendAsync(
        string customerKey, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        BeforeAppend is { } before ? new(AppendAfter(before(), customerKey, payload)) : Append(customerKey, payload);

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey, long after, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var entries = _entries.GetValueOrDefault(customerKey) ?? [];
            return new(entries.Where(entry => entry.Position > after).ToList());
        }
    }

    public ValueTask EnsureWholeAsync(string customerKey, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public void Cover(string customerKey, long position)
    {
        lock (_lock)
        {
            _entries.GetValueOrDefault(customerKey)?.RemoveAll(entry => entry.Position <= position);
        }
    }

    public ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore, int countMax, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_entries.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).Take(countMax).ToList());
        }
    }

    public ValueTask<int> TrimAsync(CancellationToken cancellationToken = default) => new(0);

    private async Task<long> AppendAfter(Task before, string customerKey, ReadOnlyMemory<byte> payload)
    {
        await before;
        return await Append(customerKey, payload);
    }

    private ValueTask<long> Append(string customerKey, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            var failure = Failures?.Invoke() ?? AppendFailure.None;
            if (failure != AppendFailure.StoreNothing)
            {
                if (!_entries.TryGetValue(customerKey, out var entries))
                {
                    _entries[customerKey] = entries = [];
                }

                entries.Add(new(++_position, payload.ToArray()));
            }

            if (failure != AppendFailure.None)
            {
                FailedAppends++;
                return ValueTask.FromException<long>(new JournalException("The test wanted it so."));
            }

            return new(_position);
        }
    }
}

/// <summary>How an append goes wrong.</summary>
internal enum AppendFailure
{
    None,
    StoreNothing,
    StoreAndSayNo,
}
