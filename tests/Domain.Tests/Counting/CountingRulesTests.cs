using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting;

public sealed class CountingRulesTests
{
    private static readonly CountingRules Refusing =
        TestBooks.Of(LatePolicy.Default with { Mode = LatePolicyMode.Refuse });

    [Fact]
    public void Place_OpenHour_IsItsOwn()
    {
        var placement = TestBooks.Rules.Place(TestBooks.Noon, null, TestBooks.Noon.AddHours(2));
        Assert.Equal(new Placement(CountStatus.Counted, TestBooks.HourOf(TestBooks.Noon)), placement);
    }

    [Fact]
    public void Place_SealedHour_IsCarriedOrRefusedAsThePolicySays()
    {
        var last = TestBooks.HourOf(TestBooks.Noon);
        var now = TestBooks.Noon.AddHours(2);
        Assert.Equal(new Placement(CountStatus.Counted, last.Next), TestBooks.Rules.Place(TestBooks.Noon, last, now));
        Assert.Equal(CountStatus.HourClosed, Refusing.Place(TestBooks.Noon, last, now).Status);
        Assert.Equal(
            new Placement(CountStatus.Counted, last.Next), Refusing.Place(TestBooks.Noon.AddHours(1), last, now));
    }

    [Fact]
    public void Place_HourThatCanNoLongerBeDelivered_IsCarriedOrRefused()
    {
        var now = TestBooks.Noon.AddHours(24).AddMinutes(29).AddSeconds(59);
        var first = TestBooks.HourOf(TestBooks.Noon);
        Assert.Equal(first, TestBooks.Rules.Place(TestBooks.Noon, null, now.AddSeconds(-1)).Hour);
        Assert.Equal(first.Next, TestBooks.Rules.Place(TestBooks.Noon, null, now).Hour);
        Assert.Equal(CountStatus.HourClosed, Refusing.Place(TestBooks.Noon, null, now).Status);
    }

    [Fact]
    public void Place_LastMonthAfterItsGrace_GoesToTheNewMonth()
    {
        var usage = Times.At("2026-03-31T20:00:00Z");
        var before = TestBooks.Rules.Place(usage, null, Times.At("2026-04-01T05:29:59Z"));
        var after = TestBooks.Rules.Place(usage, null, Times.At("2026-04-01T05:30:00Z"));
        Assert.Equal(Times.At("2026-03-31T20:00:00Z"), before.Hour.Start);
        Assert.Equal(Times.At("2026-04-01T00:00:00Z"), after.Hour.Start);
    }

    [Fact]
    public void Place_AtTheToleranceAndTheAge_IsStillAccepted()
    {
        var (now, late) = (TestBooks.Noon, LatePolicy.Default);
        var future = now + late.FutureTolerance;
        Assert.Equal(CountStatus.Counted, TestBooks.Rules.Place(future, null, now).Status);
        Assert.Equal(CountStatus.FromTheFuture, TestBooks.Rules.Place(future.AddTicks(1), null, now).Status);
        var past = now - late.EventAgeMax;
        Assert.Equal(CountStatus.Counted, TestBooks.Rules.Place(past, null, now).Status);
        Assert.Equal(CountStatus.TooOld, TestBooks.Rules.Place(past.AddTicks(-1), null, now).Status);
        Assert.Equal(CountStatus.TooOld, Refusing.Place(past.AddTicks(-1), null, now).Status);
    }

    [Fact]
    public void Place_AnyTime_NeverTakesASealedOrUndeliverableHour() =>
        Gen.Select(
            Times.Moment,
            Times.Period,
            Gen.Int[-100 * 3_600, 2 * 3_600],
            Gen.Int[-50, 3],
            Gen.Enum<LatePolicyMode>(),
            Gen.Bool).Sample(
            (now, period, offset, sealedOffset, mode, isSealed) =>
            {
                var late = LatePolicy.Default with { Mode = mode };
                var rules = TestBooks.Of(late) with { Period = period };
                var time = now.AddSeconds(offset);
                MeteringHour? last = isSealed ? period.Of(now.AddSeconds(sealedOffset * period.LengthSeconds)) : null;
                var placement = rules.Place(time, last, now);
                var isAccepted = time <= now + late.FutureTolerance && time >= now - late.EventAgeMax;
                if (placement.Status != CountStatus.Counted)
                {
                    Assert.True(!isAccepted || mode == LatePolicyMode.Refuse);
                    Assert.Equal(isAccepted, placement.Status is CountStatus.HourClosed or CountStatus.MonthClosed);
                    return;
                }

                Assert.True(isAccepted);
                Assert.True(last is null || placement.Hour > last.Value);
                Assert.True(placement.Hour >= period.Of(time));
                Assert.True(rules.Acceptance.Deadline(placement.Hour.RecordTime) > now + rules.DeliveryMargin);
                Assert.True(placement.Hour == period.Of(time) || mode == LatePolicyMode.CarryForward);
            },
            iter: 5_000);
}
