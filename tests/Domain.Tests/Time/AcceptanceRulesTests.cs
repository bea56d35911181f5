using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Time;

public sealed class AcceptanceRulesTests
{
    [Theory]
    [InlineData("aws-2026", "2026-03-15T12:59:59Z", "2026-03-16T12:59:59Z")]
    [InlineData("aws-2026", "2026-03-31T12:00:00Z", "2026-04-01T06:00:00Z")]
    [InlineData("aws-2026", "2026-03-31T05:59:59Z", "2026-04-01T05:59:59Z")]
    [InlineData("aws-2026", "2026-03-31T06:00:00Z", "2026-04-01T06:00:00Z")]
    [InlineData("aws-2026", "2026-03-31T23:59:59Z", "2026-04-01T06:00:00Z")]
    [InlineData("aws-2026", "2026-04-01T00:59:59Z", "2026-04-02T00:59:59Z")]
    [InlineData("aws-2026", "2026-12-31T23:59:59Z", "2027-01-01T06:00:00Z")]
    [InlineData("aws-2026", "2028-02-29T20:59:59Z", "2028-03-01T06:00:00Z")]
    [InlineData("aws-2026", "2026-04-01T01:00:00+02:00", "2026-04-01T06:00:00Z")]
    [InlineData("aws-2020", "2026-03-31T12:59:59Z", "2026-03-31T13:59:59Z")]
    [InlineData("aws-2020", "2026-03-31T23:59:59Z", "2026-04-01T00:59:59Z")]
    public void Deadline_RecordTime_IsTheEarlierLimit(string rules, string recordTime, string deadline) =>
        Assert.Equal(Times.At(deadline), AcceptanceRules.Find(rules)!.Deadline(Times.At(recordTime)));

    [Fact]
    public void Find_Name_IsTheRuleSetOfThatName()
    {
        Assert.Same(AcceptanceRules.Aws2026, AcceptanceRules.Find("aws-2026"));
        Assert.Same(AcceptanceRules.Aws2020, AcceptanceRules.Find("aws-2020"));
        Assert.Equal("aws-2026", AcceptanceRules.Aws2026.Name);
        Assert.Equal("aws-2020", AcceptanceRules.Aws2020.Name);
        Assert.Null(AcceptanceRules.Find("AWS-2026"));
        Assert.Null(AcceptanceRules.Find(""));
    }

    [Theory]
    [InlineData("aws-2026", "2026-03-15T12:59:59Z", "2026-03-15T18:59:59Z")]
    [InlineData("aws-2026", "2026-03-31T23:59:59Z", "2026-04-01T05:59:59Z")]
    [InlineData("aws-2020", "2026-03-31T12:59:59Z", "2026-03-31T13:59:59Z")]
    public void Deadline_ByMeterUsage_IsTheChannelsOwn(string rules, string recordTime, string deadline)
    {
        var found = AcceptanceRules.Find(rules, DeliveryChannel.MeterUsage)!;
        Assert.Equal((rules, Times.At(deadline)), (found.Name, found.Deadline(Times.At(recordTime))));
        Assert.Null(AcceptanceRules.Find("aws-1999", DeliveryChannel.MeterUsage));
    }

    [Theory]
    [InlineData("2026-04-01T05:00:00Z", "2026-03-31T05:00:00Z")]
    [InlineData("2026-04-01T05:59:59.9999999Z", "2026-03-31T06:00:00Z")]
    [InlineData("2026-04-01T06:00:00Z", "2026-04-01T00:00:00Z")]
    [InlineData("2026-03-15T12:59:58Z", "2026-03-14T12:00:00Z")]
    [InlineData("2026-03-15T12:59:59Z", "2026-03-14T13:00:00Z")]
    public void FirstDeliverable_Moment_IsTheEarliestHourInTime(string now, string start) =>
        Assert.Equal(
            Times.At(start),
            AcceptanceRules.Aws2026.FirstDeliverable(Times.At(now), MeteringPeriod.Hour, TimeSpan.Zero).Start);

    [Fact]
    public void FirstDeliverable_AnyMoment_EqualsASearchHourByHour() =>
        Gen.Select(Times.Moment, Gen.OneOf(3_600, 1_800, 600), Gen.Int[0, 7_200], Gen.Bool).Sample(
            (now, seconds, marginSeconds, old) =>
            {
                var rules = old ? AcceptanceRules.Aws2020 : AcceptanceRules.Aws2026;
                var period = new MeteringPeriod(TimeSpan.FromSeconds(seconds));
                var margin = TimeSpan.FromSeconds(marginSeconds);
                var hour = period.Of(now - TimeSpan.FromHours(27));
                while (rules.Deadline(hour.RecordTime) <= now + margin)
                {
                    hour = hour.Next;
                }

                Assert.Equal(hour, rules.FirstDeliverable(now, period, margin));
            },
            iter: 2_000);

    [Fact]
    public void Deadline_LaterRecord_IsNeverEarlier() =>
        Gen.Select(Times.Moment, Gen.Long[0, TimeSpan.TicksPerDay * 2]).Sample(
            (time, ticks) => Assert.True(
                AcceptanceRules.Aws2026.Deadline(time) <= AcceptanceRules.Aws2026.Deadline(time.AddTicks(ticks))),
            iter: 5_000);
}
