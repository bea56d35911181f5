using Tally.Domain.Allocations;
using Tally.Domain.Quantities;

namespace Tally.Domain.Counting;

/// <summary>What counting needs to know of a usage event.</summary>
/// <param name="Key">128-bit hash of the event id; what an event is known by.</param>
/// <param name="Fingerprint">64-bit hash of the content, to tell a repetition from a conflict.</param>
/// <param name="Ordinal">The dimension's ordinal in the product's definition.</param>
/// <param name="Ticks">The event's time as UTC ticks.</param>
/// <param name="Micros">Its quantity in millionths, 0 to <see cref="Quantity.EventMicrosMax"/>.</param>
/// <param name="UniqueKey">128-bit hash of the unique tag's value; 0 where the dimension has no unique tag.</param>
public readonly record struct EventFacts(
    UInt128 Key,
    ulong Fingerprint,
    int Ordinal,
    long Ticks,
    long Micros,
    UInt128 UniqueKey)
{
    /// <summary>Its tags that its product allocates by; without a text when the product doesn't.</summary>
    public TagSet Tags { get; init; }

    /// <summary>What its quantity has beyond the millionths, where a meter's conversion left something.</summary>
    public MicroFraction Fraction { get; init; }

    /// <summary>The event's time.</summary>
    public DateTimeOffset Time => new(Ticks, TimeSpan.Zero);
}
