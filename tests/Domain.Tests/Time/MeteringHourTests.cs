using CsCheck;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Time;

public sealed class MeteringHourTests
{
    [Theory]
    [InlineData("2026-03-31T12:00:00Z", "2026-03-31T12:00:00Z")]
    [InlineData("2026-03-31T12:59:59.9999999Z", "2026-03-31T12:00:00Z")]
    [InlineData("2026-03-31T13:30:00+02:00", "2026-03-31T11:00:00Z")]
    [InlineData("2026-03-31T05:15:00+05:30", "2026-03-30T23:00:00Z")]
    public void Of_Moment_IsTheHourInUtc(string time, string start)
    {
        var hour = MeteringPeriod.Hour.Of(Times.At(time));
        Assert.Equal(Times.At(start), hour.Start);
        Assert.Equal(Times.At(start).AddHours(1), hour.End);
        Assert.Equal(Times.At(start).AddSeconds(3_599), hour.RecordTime);
    }

    [Fact]
    public void Of_AnyMoment_IsInItsHour() =>
        Gen.Select(Times.Moment, Times.Period).Sample(
            (time, period) =>
            {
                var hour = period.Of(time);
                Assert.True(hour.Start <= time && time < hour.End);
                Assert.Equal(period.Length, hour.End - hour.Start);
                Assert.Equal(0, hour.Start.ToUnixTimeSeconds() % period.LengthSeconds);
                Assert.Equal(hour, period.Starting(hour.StartSeconds));
            },
            iter: 5_000);

    [Fact]
    public void Next_AnyHour_TilesTimeWithoutGapOrOverlap() =>
        Gen.Select(Times.Moment, Times.Period).Sample(
            (time, period) =>
            {
                var hour = period.Of(time);
                Assert.Equal(hour.End, hour.Next.Start);
                Assert.Equal(hour, hour.Next.Previous);
                Assert.Equal(hour.Next, period.Of(hour.End));
                Assert.Equal(hour, period.Of(hour.End.AddTicks(-1)));
                Assert.True(hour < hour.Next && hour.Next > hour && hour <= hour.Next && hour.Next >= hour);
            },
            iter: 5_000);

    [Fact]
    public void Of_AnyTwoMoments_KeepsTheirOrder() =>
        Gen.Select(Times.Moment, Gen.Long[0, TimeSpan.TicksPerDay], Times.Period).Sample(
            (time, ticks, period) =>
                Assert.True(period.Of(time).CompareTo(period.Of(time.AddTicks(ticks))) <= 0),
            iter: 5_000);

    [Fact]
    public void RecordTime_AnyHour_IsAWholeSecondInTheHour() =>
        Gen.Select(Times.Moment, Times.Period).Sample(
            (time, period) =>
            {
                var hour = period.Of(time);
                Assert.Equal(hour, period.Of(hour.RecordTime));
                Assert.Equal(0, hour.RecordTime.Ticks % TimeSpan.TicksPerSecond);
                Assert.Equal(TimeSpan.FromSeconds(1), hour.End - hour.RecordTime);
                Assert.Equal(TimeSpan.Zero, hour.RecordTime.Offset);
            },
            iter: 5_000);

    [Fact]
    public void LastSealable_AnyMoment_IsTheLatestHourThatIsOver() =>
        Gen.Select(Times.Moment, Times.Period, Gen.Long[0, TimeSpan.TicksPerHour * 2]).Sample(
            (now, period, ticks) =>
            {
                var delay = TimeSpan.FromTicks(ticks);
                var last = MeteringHour.LastSealable(now, period, delay);
                Assert.True(last.End + delay <= now);
                Assert.True(last.Next.End + delay > now);
            },
            iter: 5_000);

    [Fact]
    public void LastSealable_AtTheHourPlusTheDelay_IsTheHourBefore()
    {
        var now = Times.At("2026-05-01T10:02:00Z");
        var delay = TimeSpan.FromMinutes(2);
        Assert.Equal(
            Times.At("2026-05-01T09:00:00Z"), MeteringHour.LastSealable(now, MeteringPeriod.Hour, delay).Start);
        Assert.Equal(
            Times.At("2026-05-01T08:00:00Z"),
            MeteringHour.LastSealable(now.AddTicks(-1), MeteringPeriod.Hour, delay).Start);
    }
}
