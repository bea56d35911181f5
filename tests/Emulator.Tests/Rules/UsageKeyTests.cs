using CsCheck;
using Tally.Emulator.Rules;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Tests.Rules;

public sealed class UsageKeyTests
{
    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[0, 100_000L * TimeSpan.TicksPerHour].Select(ticks => DateTimeOffset.UnixEpoch.AddTicks(ticks));

    [Fact]
    public void BucketOf_AnyTimes_IsTheSameExactlyWithinOnePeriod() =>
        Gen.Select(Times, Gen.Long[0, 2 * TimeSpan.TicksPerHour], Gen.OneOf(1, 60, 900, 3600)).Sample(
            (time, later, seconds) =>
            {
                var period = TimeSpan.FromSeconds(seconds);
                var bucket = UsageKey.BucketOf(time, period);
                var other = UsageKey.BucketOf(time.AddTicks(later), period);
                var start = DateTimeOffset.FromUnixTimeSeconds(bucket);
                return bucket % seconds == 0
                    && start <= time && time < start + period
                    && (other == bucket) == (time.AddTicks(later) < start + period);
            });

    [Theory]
    [InlineData("1732359599.9999999999", 1732359599)]
    [InlineData("1732359600", 1732359600)]
    [InlineData("-0.5", -1)]
    public void ToTime_Fraction_IsNeverRoundedUp(string seconds, long expected)
    {
        var time = EpochSeconds.ToTime(decimal.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, time!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public void ToTime_OutsideTheCalendar_IsNull()
    {
        Assert.Null(EpochSeconds.ToTime(253_402_300_800m));
        Assert.Null(EpochSeconds.ToTime(-62_135_596_801m));
        Assert.NotNull(EpochSeconds.ToTime(253_402_300_799.99999999m));
    }
}
