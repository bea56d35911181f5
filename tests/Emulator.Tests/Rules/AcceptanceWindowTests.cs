using System.Globalization;
using CsCheck;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Tests.Rules;

public sealed class AcceptanceWindowTests
{
    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[0, 3L * 365 * 24 * 3600].Select(seconds => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
            .AddSeconds(seconds));

    [Theory]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-22T10:30:00Z", true)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-22T10:29:59Z", false)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T11:04:59Z", true)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T11:05:00Z", false)]
    [InlineData("2026-12-01T05:59:59Z", "2026-11-30T12:00:00Z", true)]
    [InlineData("2026-12-01T06:00:00Z", "2026-11-30T23:59:59Z", false)]
    [InlineData("2026-12-01T06:00:00Z", "2026-12-01T00:00:00Z", true)]
    [InlineData("2026-12-01T05:59:59Z", "2026-11-30T05:59:58Z", false)]
    public void Accepts_Aws2026_HasADayAndClosesTheMonthAtSix(string now, string timestamp, bool expected) =>
        Assert.Equal(expected, AcceptanceWindow.Accepts(AcceptanceRules.Aws2026, Parse(timestamp), Parse(now)));

    [Theory]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T09:30:00Z", true)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T09:29:59Z", false)]
    [InlineData("2026-12-01T00:30:00Z", "2026-11-30T23:59:59Z", true)]
    public void Accepts_Aws2020_HasAnHour(string now, string timestamp, bool expected) =>
        Assert.Equal(expected, AcceptanceWindow.Accepts(AcceptanceRules.Aws2020, Parse(timestamp), Parse(now)));

    [Fact]
    public void Accepts_AnyTimestamp_IsWithinADayAndNotOfAClosedMonth() =>
        Gen.Select(Times, Gen.Int[-40 * 3600, 4 * 3600]).Sample((now, offset) =>
        {
            var timestamp = now.AddSeconds(offset);
            var isOfLastMonth = timestamp.Month != now.Month && timestamp < now;
            var isClosed = isOfLastMonth && (now.Day > 1 || now.Hour >= 6);
            var hourEnd = now.Date.AddHours(now.Hour + 1).AddMinutes(5);
            var expected = offset >= -24 * 3600 && !isClosed && timestamp.UtcDateTime < hourEnd;
            return AcceptanceWindow.Accepts(AcceptanceRules.Aws2026, timestamp, now) == expected;
        });

    [Fact]
    public void Find_UnknownName_IsNull()
    {
        Assert.Same(AcceptanceRules.Aws2020, AcceptanceRules.Find("aws-2020"));
        Assert.Null(AcceptanceRules.Find("aws-1999"));
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
