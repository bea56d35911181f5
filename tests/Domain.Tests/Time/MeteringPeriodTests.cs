using CsCheck;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Time;

public sealed class MeteringPeriodTests
{
    [Theory]
    [InlineData("01:00:00", true)]
    [InlineData("00:00:01", true)]
    [InlineData("00:00:10", true)]
    [InlineData("00:30:00", true)]
    [InlineData("00:00:00", false)]
    [InlineData("-01:00:00", false)]
    [InlineData("00:00:07", false)]
    [InlineData("00:40:00", false)]
    [InlineData("02:00:00", false)]
    [InlineData("00:00:01.5", false)]
    [InlineData("00:00:00.5", false)]
    public void IsValid_Length_DividesAnHourIntoWholeSeconds(string text, bool valid)
    {
        var length = TimeSpan.Parse(text);
        Assert.Equal(valid, MeteringPeriod.IsValid(length));
        if (valid)
        {
            Assert.Equal(length, new MeteringPeriod(length).Length);
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new MeteringPeriod(length));
        }
    }

    [Fact]
    public void IsValid_AnyLength_AgreesWithArithmetic() =>
        Gen.Int[-10, 4_000].Sample(
            seconds => Assert.Equal(
                seconds is >= 1 and <= 3_600 && 3_600 % seconds == 0,
                MeteringPeriod.IsValid(TimeSpan.FromSeconds(seconds))),
            iter: 5_000);

    [Fact]
    public void Hour_IsAnHour() => Assert.Equal(3_600, MeteringPeriod.Hour.LengthSeconds);
}
