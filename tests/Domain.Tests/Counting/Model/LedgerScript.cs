using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>A customer's life: under which rules, from when, and what happens.</summary>
internal sealed record LedgerScript(CountingRules Rules, DateTimeOffset Start, LedgerStep[] Steps)
{
    private static readonly Gen<CountingRules> AnyRules = Gen.Select(
        Gen.Enum<LatePolicyMode>(),
        Gen.OneOf(60, 3_600, 26 * 3_600, 72 * 3_600, 72 * 3_600).Select(seconds => TimeSpan.FromSeconds(seconds)),
        Gen.OneOf(TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)),
        Gen.OneOf(60, 600, 3_600),
        Gen.Bool,
        Gen.Int[0, 55],
        Gen.Select(
            Gen.OneOf(0, 0, 0b1, 0b10000101),
            Gen.Bool,
            Gen.OneOf<LatePolicyMode?>(null, LatePolicyMode.Refuse, LatePolicyMode.CarryForward)),
        (mode, age, tolerance, seconds, old, margin, more) => new CountingRules(
            ProductOf(new(mode, age, tolerance, more.Item3), more.Item1, more.Item2),
            new(TimeSpan.FromSeconds(seconds)),
            old ? AcceptanceRules.Aws2020 : AcceptanceRules.Aws2026,
            TimeSpan.FromMinutes(margin)));

    private static readonly Gen<TimeSpan> Duration = Gen.Frequency(
        (4, Gen.Long[0, TimeSpan.TicksPerMinute]),
        (4, Gen.Long[0, TimeSpan.TicksPerHour]),
        (4, Gen.Long[0, 3 * TimeSpan.TicksPerHour]),
        (1, Gen.Long[0, 30 * TimeSpan.TicksPerHour])).Select(ticks => new TimeSpan(ticks));

    private static readonly Gen<long> Micros = Gen.Frequency(
        (6, Gen.Long[0, 3_000_000]),
        (2, Gen.Long[0, 20].Select(units => units * 1_000_000)),
        (1, Gen.Long[0, 5L * int.MaxValue * 1_000_000]));

    private static readonly Gen<MicroFraction> Fraction = Gen.Frequency(
        (4, Gen.Const(default(MicroFraction))),
        (3, Gen.Int[1, 2].Select(third => new MicroFraction(third, 3))),
        (2, Gen.Long[1, (1L << 30) - 1].Select(part => new MicroFraction(part, 1L << 30))),
        (1, Gen.Long[1, long.MaxValue - 1].Select(part => new MicroFraction(part, long.MaxValue))));

    private static readonly Gen<LedgerStep.Draft> Draft = Gen.Select(
        Gen.Int[0, 60],
        Gen.Frequency((20, Gen.Int[0, 6]), (1, Gen.Int[7, 8])),
        Micros,
        Gen.Int[0, 3],
        Gen.Frequency((8, Duration), (2, Duration.Select(span => -span)), (1, Gen.Const(TimeSpan.Zero))),
        Gen.Frequency(
            (6, LedgerStep.Variant.Same),
            (1, LedgerStep.Variant.OtherQuantity),
            (1, LedgerStep.Variant.OtherDimension)),
        Fraction,
        (id, ordinal, micros, unique, ago, variant, fraction) =>
            new LedgerStep.Draft(id, ordinal, micros, unique, ago, variant) { Fraction = fraction });

    private static readonly Gen<LedgerStep.Outcome> Outcome = Gen.Select(
        Gen.Int[0, 12], Gen.Enum<RecordState>(), Gen.Int[0, 1],
        (record, state, reason) => new LedgerStep.Outcome(record, state, reason));

    private static readonly Gen<LedgerStep> Step = Gen.Frequency(
        (8, Draft.Array[1, 10].Select(drafts => (LedgerStep)new LedgerStep.Post(drafts))),
        (4, Duration.Select(by => (LedgerStep)new LedgerStep.Advance(by))),
        (4, Gen.Select(Gen.Int[0, 10], Gen.Bool, Gen.Int[0, 9], (minutes, byAccount, dies) =>
            (LedgerStep)new LedgerStep.Seal(TimeSpan.FromMinutes(minutes), byAccount, dies == 0))),
        (4, Outcome.Array[1, 6].Select(outcomes => (LedgerStep)new LedgerStep.Settle(outcomes))),
        (4, Gen.Select(Gen.Int[0, 12], Gen.Enum<RecordAct>(), Gen.Int[-1, 9], Gen.Bool, (record, act, dimension, by) =>
            (LedgerStep)new LedgerStep.Amend(record, act, dimension, by))),
        (1, Gen.Const<LedgerStep>(new LedgerStep.Checkpoint())),
        (2, Gen.Select(Gen.Enum<LedgerStep.ReplayOrder>(), Gen.Int, (order, seed) =>
            (LedgerStep)new LedgerStep.Crash(order, seed))));

    /// <summary>Any life there can be.</summary>
    public static Gen<LedgerScript> Any { get; } = Gen.Select(
        AnyRules,
        Gen.Int[0, 14 * 24 * 3_600],
        Step.Array[1, 40],
        (rules, seconds, steps) =>
            new LedgerScript(rules, Times.At("2026-03-25T00:00:00Z").AddSeconds(seconds), steps));

    private static ProductDefinition ProductOf(LatePolicy late, int zeroes, bool allocates) => TestBooks.Product with
    {
        Late = late,
        AllocationTags = allocates ? ["team"] : [],
        Dimensions =
        [
            .. TestBooks.Product.Dimensions.Select(dimension =>
                dimension with { SendZero = (zeroes >> dimension.Ordinal & 1) != 0 }),
        ],
    };

    /// <summary>Writes the script so that a failure can be read.</summary>
    public override string ToString() =>
        $"{Rules.Product.Late}, {Rules.Period.Length}, {Rules.Acceptance.Name}, margin {Rules.DeliveryMargin}, "
        + $"zeroes of {string.Join('/', Rules.Product.Dimensions.Where(one => one.SendZero).Select(one => one.Name))}, "
        + $"allocated by {string.Join('/', Rules.Product.AllocationTags)}, "
        + $"from {Start:O}:\n  {string.Join("\n  ", Steps.Select(step => step.ToString()))}";
}
