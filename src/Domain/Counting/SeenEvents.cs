using Tally.Domain.Encoding;

namespace Tally.Domain.Counting;

/// <summary>The event ids a customer's ledger has counted and still remembers.</summary>
internal sealed class SeenEvents
{
    private readonly Dictionary<UInt128, Seen> _seen = [];
    private long _oldestSeconds = long.MaxValue;

    /// <summary>How many ids are remembered.</summary>
    public int Count => _seen.Count;

    /// <summary>Ids that arrived before this moment may be forgotten; the first moment of all when none is.</summary>
    public DateTimeOffset ForgottenBefore { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Looks an id up.</summary>
    /// <param name="key">The id's hash.</param>
    /// <param name="fingerprint">The content it was counted with.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryGet(UInt128 key, out ulong fingerprint)
    {
        var known = _seen.TryGetValue(key, out var seen);
        fingerprint = seen.Fingerprint;
        return known;
    }

    /// <summary>Remembers an id.</summary>
    /// <param name="key">The id's hash, not known yet.</param>
    /// <param name="fingerprint">The content it is counted with.</param>
    /// <param name="arrival">When it arrived.</param>
    public void Add(UInt128 key, ulong fingerprint, DateTimeOffset arrival)
    {
        var seconds = arrival.ToUnixTimeSeconds();
        _seen.Add(key, new(fingerprint, seconds));
        _oldestSeconds = Math.Min(_oldestSeconds, seconds);
    }

    /// <summary>
    /// Forgets the ids that arrived before a moment. Looks at every id, so it does nothing until at least an eighth
    /// of the window has passed since the oldest should have gone.
    /// </summary>
    /// <param name="now">The present moment.</param>
    /// <param name="window">How long ids are remembered.</param>
    public void Forget(DateTimeOffset now, TimeSpan window)
    {
        var threshold = (now - window).ToUnixTimeSeconds();
        if (_oldestSeconds >= threshold - (long)(window.TotalSeconds / 8))
        {
            return;
        }

        ForgottenBefore = DateTimeOffset.FromUnixTimeSeconds(threshold);
        _oldestSeconds = long.MaxValue;
        foreach (var (key, seen) in _seen)
        {
            if (seen.ArrivalSeconds < threshold)
            {
                _seen.Remove(key);
            }
            else
            {
                _oldestSeconds = Math.Min(_oldestSeconds, seen.ArrivalSeconds);
            }
        }

        _seen.TrimExcess();
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int64(ForgottenBefore.UtcTicks);
        writer.Int32(_seen.Count);
        foreach (var (key, seen) in _seen)
        {
            writer.UInt128(key);
            writer.UInt64(seen.Fingerprint);
            writer.Int64(seen.ArrivalSeconds);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The remembered ids.</returns>
    public static SeenEvents Read(ref PayloadReader reader)
    {
        var events = new SeenEvents { ForgottenBefore = reader.Moment() };
        var count = reader.Count();
        events._seen.EnsureCapacity(count);
        for (var index = 0; index < count; index++)
        {
            var key = reader.UInt128();
            var fingerprint = reader.UInt64();
            var seconds = reader.Int64();
            if (!events._seen.TryAdd(key, new(fingerprint, seconds)))
            {
                throw new FormatException("An event id is remembered twice.");
            }

            events._oldestSeconds = Math.Min(events._oldestSeconds, seconds);
        }

        return events;
    }

    private readonly record struct Seen(ulong Fingerprint, long ArrivalSeconds);
}
