namespace Tally.Emulator.Faults;

/// <summary>
/// Token buckets by name: each fills evenly and holds one second's worth, at least one token. Kept as the moment at
/// which the bucket is full again, which is exact where counted tokens would be rounded.
/// </summary>
internal sealed class CallBuckets
{
    /// <summary>Beyond so many, buckets that are full are forgotten: they are as good as new ones.</summary>
    public const int CountMax = 10_000;

    private readonly Dictionary<string, long> _fullAt = new(StringComparer.Ordinal);

    public int Count => _fullAt.Count;

    /// <summary>Takes a token from each of the buckets, or from none when one of them is empty.</summary>
    /// <param name="buckets">The names, and the tokens that come each second; 0 or less: any number.</param>
    /// <param name="now">The moment, in ticks.</param>
    public bool TryTake(IReadOnlyList<(string Name, double PerSecond)> buckets, long now)
    {
        if (_fullAt.Count > CountMax) Forget(now);
        var limited = buckets.Where(bucket => bucket.PerSecond > 0).ToList();
        var taken = limited.ConvertAll(bucket => After(bucket.Name, bucket.PerSecond, now));
        if (taken.Exists(bucket => bucket.FullAt - now > bucket.Room)) return false;
        foreach (var (index, (name, _)) in limited.Index())
            _fullAt[name] = taken[index].FullAt;
        return true;
    }

    private (long FullAt, long Room) After(string name, double perSecond, long now)
    {
        var interval = (long)Math.Min(TimeSpan.TicksPerSecond / perSecond, TimeSpan.TicksPerDay);
        var fullAt = Math.Max(_fullAt.GetValueOrDefault(name), now) + interval;
        return (fullAt, Math.Max(TimeSpan.TicksPerSecond, interval));
    }

    private void Forget(long now)
    {
        foreach (var name in _fullAt.Where(bucket => bucket.Value <= now).Select(bucket => bucket.Key).ToList())
            _ = _fullAt.Remove(name);
    }
}
