using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tally.Api.Hosting;

/// <summary>
/// A cache of bounded size and age for what many threads look up. It keeps two generations: when the younger is full
/// it becomes the older, and what was not looked up since then goes. So it never scans and never holds more than twice
/// its size.
/// </summary>
/// <typeparam name="TKey">What is looked up.</typeparam>
/// <typeparam name="TValue">What is found.</typeparam>
/// <param name="sizeMax">How many entries a generation holds, above zero.</param>
/// <param name="age">For how long an entry is good.</param>
/// <param name="time">The clock.</param>
internal sealed class GenerationalCache<TKey, TValue>(int sizeMax, TimeSpan age, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private volatile Generations _generations = new(new(), new());

    /// <summary>Looks an entry up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">What was found.</param>
    /// <returns>Whether there is an entry that is not too old.</returns>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var (young, old) = _generations;
        if (!young.TryGetValue(key, out var entry))
        {
            if (!old.TryGetValue(key, out entry))
            {
                value = default;
                return false;
            }

            young.TryAdd(key, entry);
        }

        value = entry.Value;
        return time.GetElapsedTime(entry.Since) < age;
    }

    /// <summary>Enters a value, whatever was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Put(TKey key, TValue value)
    {
        var young = _generations.Young;
        young[key] = new(value, time.GetTimestamp());
        if (young.Count <= sizeMax)
        {
            return;
        }

        lock (_turn)
        {
            if (_generations.Young == young)
            {
                _generations = new(new(), young);
            }
        }
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="key">The key.</param>
    public void Remove(TKey key)
    {
        var (young, old) = _generations;
        old.TryRemove(key, out _);
        young.TryRemove(key, out _);
    }

    /// <summary>Removes the entries that somebody names.</summary>
    /// <param name="isGone">Which.</param>
    public void RemoveWhere(Func<TValue, bool> isGone)
    {
        var (young, old) = _generations;
        foreach (var (key, entry) in old.Concat(young))
        {
            if (isGone(entry.Value))
            {
                Remove(key);
            }
        }
    }

    private readonly record struct Entry(TValue Value, long Since);

    private sealed record Generations(
        ConcurrentDictionary<TKey, Entry> Young,
        ConcurrentDictionary<TKey, Entry> Old);
}
