using System.Numerics;
using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Counting;

public sealed class AccumulatorTests
{
    private static readonly Gen<TestEvent[]> Events = Gen.Select(
            Gen.Int[0, 3],
            Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, Quantity.EventMicrosMax]),
            Gen.Int[0, 4],
            (minutes, micros, unique) => (minutes, micros, unique))
        .Array[0, 12]
        .Select(drafts => drafts.Select((draft, id) => new TestEvent(
            id, TestBooks.Noon.AddMinutes(draft.minutes), draft.micros, 0, draft.unique)).ToArray());

    private static readonly Gen<Aggregation> AnyAggregation = Gen.Enum<Aggregation>();

    [Fact]
    public void Add_AnyEvents_AgreesWithTheNaiveModel() =>
        Gen.Select(Events, AnyAggregation).Sample(
            (events, aggregation) =>
            {
                var accumulator = new Accumulator(0);
                Add(accumulator, events, aggregation);
                Assert.Equal(NaiveValue(events, aggregation), accumulator.Value);
                Assert.Equal(events.Length, accumulator.Events);
            },
            iter: 5_000);

    [Fact]
    public void Add_SameEventsInOtherOrder_IsTheSameTotal() =>
        Events.SelectMany(events => Gen.Shuffle(events).Select(shuffled => (events, shuffled))).Sample(
            pair => Assert.All(Enum.GetValues<Aggregation>(), aggregation =>
            {
                var (one, other) = (new Accumulator(0), new Accumulator(0));
                Add(one, pair.events, aggregation);
                Add(other, pair.shuffled, aggregation);
                Assert.Equal(one.Value, other.Value);
                Assert.Equal(one.Events, other.Events);
            }),
            iter: 5_000);

    [Fact]
    public void Add_AnyEvents_ContributionsSumUpToTheTotal() =>
        Gen.Select(Events, AnyAggregation).Sample(
            (events, aggregation) =>
            {
                var accumulator = new Accumulator(0);
                var sum = Quantity.Zero;
                foreach (var sample in events)
                {
                    var change = accumulator.Add(sample.Facts, aggregation);
                    Assert.True(change >= Quantity.Zero || aggregation == Aggregation.Last);
                    sum += change;
                    Assert.Equal(accumulator.Value, sum);
                }
            },
            iter: 5_000);

    [Fact]
    public void Read_WhatWriteWrote_GoesOnAsIfNothingHappened() =>
        Gen.Select(Events, AnyAggregation, Gen.Int[0, 12]).Sample(
            (events, aggregation, at) =>
            {
                var accumulator = new Accumulator(3_600);
                Add(accumulator, events.Take(at), aggregation);
                var writer = new PayloadWriter();
                accumulator.Write(writer);
                var reader = new PayloadReader(writer.Written.Span);
                var restored = Accumulator.Read(ref reader, 3);
                Assert.True(reader.IsAtEnd);
                Assert.Equal(3_600, restored.HourStartSeconds);
                Add(restored, events.Skip(at), aggregation);
                Assert.Equal(NaiveValue(events, aggregation), restored.Value);
                Assert.Equal(events.Length, restored.Events);
            },
            iter: 5_000);

    [Fact]
    public void Add_LastOfEqualTimes_IsTheHigherKey()
    {
        TestEvent[] events = [new(1, TestBooks.Noon, 10), new(2, TestBooks.Noon, 20), new(3, TestBooks.Noon, 30)];
        var winner = events.MaxBy(sample => sample.Facts.Key)!;
        var accumulator = new Accumulator(0);
        Add(accumulator, events, Aggregation.Last);
        Assert.Equal(winner.Micros, (long)accumulator.Value.Micros);
    }

    [Fact]
    public void Add_UnknownAggregation_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Accumulator(0).Add(new TestEvent(1, TestBooks.Noon).Facts, (Aggregation)99));

    /// <summary>What a list of events adds up to, the slow and obvious way.</summary>
    internal static Quantity NaiveValue(IReadOnlyCollection<TestEvent> events, Aggregation aggregation)
    {
        if (events.Count == 0)
        {
            return Quantity.Zero;
        }

        var latest = events.OrderBy(sample => sample.Time).ThenBy(sample => sample.Facts.Key).Last();
        return aggregation switch
        {
            Aggregation.Sum => new(NaiveParts(events).Aggregate(
                events.Aggregate((Int128)0, (sum, sample) => sum + sample.Micros),
                (sum, part) => sum + (Int128)(part.Value / part.Key))),
            Aggregation.Count => Quantity.OfUnits(events.Count),
            Aggregation.Max => new(events.Max(sample => sample.Micros)),
            Aggregation.UniqueCount => Quantity.OfUnits(events.Select(sample => sample.Unique).Distinct().Count()),
            _ => new(latest.Micros),
        };
    }

    /// <summary>What is left of them beyond that, the slow and obvious way.</summary>
    internal static IEnumerable<MicroFraction> NaiveFractions(IEnumerable<TestEvent> events, Aggregation aggregation) =>
        aggregation switch
        {
            Aggregation.Sum => NaiveParts(events)
                .Select(part => new MicroFraction((long)(part.Value % part.Key), part.Key)),
            Aggregation.Max => [events.OrderBy(one => one.Micros)
                .ThenBy(one => one.Fraction.IsZero ? 0 : (BigInteger)one.Fraction.Numerator * long.MaxValue * 3
                    * (1L << 30) / one.Fraction.Denominator)
                .Last().Fraction],
            Aggregation.Last => [events.OrderBy(one => one.Time).ThenBy(one => one.Facts.Key).Last().Fraction],
            _ => [],
        };

    private static Dictionary<long, BigInteger> NaiveParts(IEnumerable<TestEvent> events) =>
        events.Where(one => !one.Fraction.IsZero).GroupBy(one => one.Fraction.Denominator).ToDictionary(
            same => same.Key,
            same => same.Aggregate(BigInteger.Zero, (sum, one) => sum + one.Fraction.Numerator));

    private static void Add(Accumulator accumulator, IEnumerable<TestEvent> events, Aggregation aggregation)
    {
        foreach (var sample in events)
        {
            accumulator.Add(sample.Facts, aggregation);
        }
    }
}
