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

    private HashSet<UInt128>? _unique;
    private long _lastTicks = long.MinValue;
    private UInt128 _lastKey;
    private Accumulator? _previousMonth;

    /// <summary>The hour's start in seconds since 1970.</summary>
    public long HourStartSeconds { get; } = hourStartSeconds;

    /// <summary>The total so far.</summary>
    public Quantity Value { get; private set; }

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
            Aggregation.Sum => before + quantity,
            Aggregation.Count => before + Quantity.OfUnits(1),
            Aggregation.Max => quantity > before ? quantity : before,
            Aggregation.UniqueCount => (_unique ??= []).Add(facts.UniqueKey) ? before + Quantity.OfUnits(1) : before,
            Aggregation.Last => IsLater(facts) ? quantity : before,
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Unknown aggregation."),
        };
        Events++;
        if (facts.Tags.Text is not null && aggregation.IsAllocated())
        {
            (Tags ??= new(AllocationLimits.Aws)).Add(facts.Tags, Value - before);
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

        writer.Byte((byte)((_previousMonth is null ? 0 : HasPreviousMonth) | (Tags is null ? 0 : HasTags)));
        _previousMonth?.Write(writer);
        Tags?.Write(writer);
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">
    /// The snapshot's version; the first two knew nothing of months, the first four nothing of tags.
    /// </param>
    /// <returns>The accumulator.</returns>
    public static Accumulator Read(ref PayloadReader reader, byte version)
    {
        var accumulator = ReadOne(ref reader);
        if (version < 3)
        {
            return accumulator;
        }

        var flags = ReadFlags(ref reader, version < 5 ? HasPreviousMonth : (byte)(HasPreviousMonth | HasTags));
        if ((flags & HasPreviousMonth) != 0)
        {
            accumulator._previousMonth = ReadOne(ref reader);
            ReadFlags(ref reader, 0);
        }

        accumulator.Tags = (flags & HasTags) != 0 ? TagSums.Read(ref reader, AllocationLimits.Aws) : null;
        return accumulator;
    }

    private static byte ReadFlags(ref PayloadReader reader, byte most)
    {
        var flags = reader.Byte();
        return flags <= most
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
