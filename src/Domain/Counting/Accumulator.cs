using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>The running total of one customer, dimension and metering hour.</summary>
/// <param name="hourStartSeconds">The hour's start in seconds since 1970.</param>
internal sealed class Accumulator(long hourStartSeconds)
{
    /// <summary>Flag in a snapshot: what events of a previous month came to follows.</summary>
    private const byte HasPreviousMonth = 1;

    /// <summary>Flag in a snapshot: what tag sets came to follows.</summary>
    private const byte HasTags = 2;

    /// <summary>Flag in a snapshot: fractions of a millionth follow.</summary>
    private const byte HasFraction = 4;

    /// <summary>Flag in a snapshot: fractions of a millionth that tag sets have follow.</summary>
    private const byte HasTagFractions = 8;

    private HashSet<UInt128>? _unique;
    private long _lastTicks = long.MinValue;
    private UInt128 _lastKey;
    private Accumulator? _previousMonth;

    /// <summary>The hour's start in seconds since 1970.</summary>
    public long HourStartSeconds { get; } = hourStartSeconds;

    /// <summary>The total so far.</summary>
    public Quantity Value { get; private set; }

    /// <summary>What it has beyond <see cref="Value"/>; null when that is nothing.</summary>
    public FractionSums? Fractions { get; private set; }

    /// <summary>Whether anything in it has fractions of a millionth.</summary>
    public bool HasFractions =>
        Fractions is not null || Tags is { HasFractions: true } || _previousMonth is { HasFractions: true };

    /// <summary>What tag sets came to; null when no event had tags that its product allocates by.</summary>
    public TagSums? Tags { get; private set; }

    /// <summary>How many events are in it.</summary>
    public long Events { get; private set; }

    /// <summary>What events of a previous month came to, on their own; see <see cref="RecordNotes"/>.</summary>
    public Quantity FromPreviousMonth => _previousMonth?.Value ?? Quantity.Zero;

    /// <summary>
    /// Notes an event, which is added too, as one of a previous month. The order of events doesn't change the outcome.
    /// </summary>
    /// <param name="facts">The event.</param>
    /// <param name="aggregation">How the dimension adds up.</param>
    public void NotePreviousMonth(in EventFacts facts, Aggregation aggregation) =>
        (_previousMonth ??= new(HourStartSeconds)).Add(facts with { Tags = default }, aggregation);

    /// <summary>Adds an event. The order of events doesn't change the outcome.</summary>
    /// <param name="facts">The event.</param>
    /// <param name="aggregation">How the dimension adds up.</param>
    /// <returns>By how much the total has changed; below zero only for <see cref="Aggregation.Last"/>.</returns>
    public Quantity Add(in EventFacts facts, Aggregation aggregation)
    {
        var before = Value;
        var quantity = new Quantity(facts.Micros);
        Value = aggregation switch
        {
            Aggregation.Sum => before + quantity + Keep(facts.Fraction),
            Aggregation.Count => before + Quantity.OfUnits(1),
            Aggregation.Max => IsMore(facts) ? Take(facts) : before,
            Aggregation.UniqueCount => (_unique ??= []).Add(facts.UniqueKey) ? before + Quantity.OfUnits(1) : before,
            Aggregation.Last => IsLater(facts) ? Take(facts) : before,
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Unknown aggregation."),
        };
        Events++;
        if (facts.Tags.Text is not null && aggregation.IsAllocated())
        {
            // Each set keeps its own fractions, so the millionths that those of all come to are not one set's.
            var isSum = aggregation == Aggregation.Sum;
            (Tags ??= new(AllocationLimits.Aws)).Add(
                facts.Tags, isSum ? quantity : Value - before, isSum ? facts.Fraction : default);
        }

        return Value - before;
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int64(HourStartSeconds);
        writer.Quantity(Value);
        writer.Int64(Events);
        writer.Int64(_lastTicks);
        writer.UInt128(_lastKey);
        writer.Int32(_unique?.Count ?? 0);
        foreach (var key in _unique ?? [])
        {
            writer.UInt128(key);
        }

        writer.Byte((byte)(
            (_previousMonth is null ? 0 : HasPreviousMonth)
            | (Tags is null ? 0 : HasTags)
            | (Fractions is null ? 0 : HasFraction)
            | (Tags is { HasFractions: true } ? HasTagFractions : 0)));
        _previousMonth?.Write(writer);
        Tags?.Write(writer);
        Fractions?.Write(writer);
        if (Tags is { HasFractions: true })
        {
            Tags.WriteFractions(writer);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">
    /// The snapshot's version; the first two knew nothing of months, the first four nothing of tags, the first five
    /// nothing of fractions.
    /// </param>
    /// <returns>The accumulator.</returns>
    public static Accumulator Read(ref PayloadReader reader, byte version)
    {
        var accumulator = ReadOne(ref reader);
        if (version < 3)
        {
            return accumulator;
        }

        var most = version < 5 ? HasPreviousMonth
            : version < 6 ? HasPreviousMonth | HasTags
            : HasPreviousMonth | HasTags | HasFraction | HasTagFractions;
        var flags = ReadFlags(ref reader, most);
        if ((flags & HasPreviousMonth) != 0)
        {
            accumulator._previousMonth = ReadOne(ref reader);
            var ofPart = ReadFlags(ref reader, version < 6 ? 0 : HasFraction);
            accumulator._previousMonth.Fractions = ReadFractions(ref reader, ofPart);
        }

        accumulator.Tags = (flags & HasTags) != 0 ? TagSums.Read(ref reader, AllocationLimits.Aws) : null;
        accumulator.Fractions = ReadFractions(ref reader, flags);
        if ((flags & HasTagFractions) != 0)
        {
            var tags = accumulator.Tags ?? throw new FormatException("Fractions of tag sets that are not there.");
            tags.ReadFractions(ref reader);
        }

        return accumulator;
    }

    private static FractionSums? ReadFractions(ref PayloadReader reader, byte flags) =>
        (flags & HasFraction) != 0 ? FractionSums.Read(ref reader) : null;

    private static byte ReadFlags(ref PayloadReader reader, int known)
    {
        var flags = reader.Byte();
        return (flags & ~known) == 0
            ? flags
            : throw new FormatException($"An accumulator with the flags {flags} is not known.");
    }

    private static Accumulator ReadOne(ref PayloadReader reader)
    {
        var accumulator = new Accumulator(reader.Int64())
        {
            Value = reader.Quantity(),
            Events = reader.Int64(),
            _lastTicks = reader.Int64(),
            _lastKey = reader.UInt128(),
        };
        var uniqueCount = reader.Count();
        for (var index = 0; index < uniqueCount; index++)
        {
            (accumulator._unique ??= new(uniqueCount)).Add(reader.UInt128());
        }

        return accumulator;
    }

    private Quantity Keep(MicroFraction fraction)
    {
        if (fraction.IsZero)
        {
            return Quantity.Zero;
        }

        Fractions ??= new();
        var whole = Fractions.Add(fraction);
        Fractions = Fractions.Sums.Count == 0 ? null : Fractions;
        return whole;
    }

    private Quantity Take(in EventFacts facts)
    {
        Fractions = FractionSums.Of(facts.Fraction);
        return new(facts.Micros);
    }

    private bool IsMore(in EventFacts facts)
    {
        var order = new Quantity(facts.Micros).CompareTo(Value);
        if (order != 0 || (facts.Fraction.IsZero && Fractions is null))
        {
            return order > 0;
        }

        // Of the same amount in two denominators the smaller is kept, so that their order doesn't matter.
        var known = Fractions?.Sums[0] ?? default;
        order = facts.Fraction.CompareTo(known);
        return order > 0 || (order == 0 && facts.Fraction.Denominator < known.Denominator);
    }

    private bool IsLater(in EventFacts facts)
    {
        if (facts.Ticks < _lastTicks || (facts.Ticks == _lastTicks && facts.Key <= _lastKey && Events > 0))
        {
            return false;
        }

        (_lastTicks, _lastKey) = (facts.Ticks, facts.Key);
        return true;
    }
}
