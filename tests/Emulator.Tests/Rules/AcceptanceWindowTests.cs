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
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T10:35:00Z", true)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T10:35:01Z", false)]
    [InlineData("2026-11-23T03:08:00Z", "2026-11-23T04:04:00Z", false)]
    [InlineData("2026-11-23T03:56:00Z", "2026-11-23T04:01:00Z", true)]
    [InlineData("2026-12-01T05:59:59Z", "2026-11-30T12:00:00Z", true)]
    [InlineData("2026-12-01T06:00:00Z", "2026-11-30T23:59:59Z", false)]
    [InlineData("2026-12-01T06:00:00Z", "2026-12-01T00:00:00Z", true)]
    [InlineData("2026-12-01T05:59:59Z", "2026-11-30T05:59:58Z", false)]
    public void Accepts_Aws2026_HasADayAndClosesTheMonthAtSix(string now, string timestamp, bool expected) =>
        Assert.Equal(expected, Accepts(AcceptanceRules.Aws2026, Parse(timestamp), Parse(now)));

    [Theory]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T09:30:00Z", true)]
    [InlineData("2026-11-23T10:30:00Z", "2026-11-23T09:29:59Z", false)]
    [InlineData("2026-12-01T00:30:00Z", "2026-11-30T23:59:59Z", true)]
    public void Accepts_Aws2020_HasAnHour(string now, string timestamp, bool expected) =>
        Assert.Equal(expected, Accepts(AcceptanceRules.Aws2020, Parse(timestamp), Parse(now)));

    [Theory]
    [InlineData(60, 60, true)]
    [InlineData(60, 61, false)]
    [InlineData(1, 2, false)]
    [InlineData(300, 300, true)]
    [InlineData(900, 301, false)]
    public void Accepts_ShorterPeriod_LooksAtMostOnePeriodAhead(int periodSeconds, int secondsAhead, bool expected)
    {
        var now = Parse("2026-11-23T10:30:00Z");
        var period = TimeSpan.FromSeconds(periodSeconds);
        Assert.Equal(
            expected,
            AcceptanceWindow.OfBatch(AcceptanceRules.Aws2026, period, new OpenPoints())
                .Accepts(now.AddSeconds(secondsAhead), now));
    }

    [Fact]
    public void Accepts_AnyTimestamp_IsWithinADayAndNotOfAClosedMonth() =>
        Gen.Select(Times, Gen.OneOf(Gen.Int[-40 * 3600, 4 * 3600], Gen.Int[290, 310])).Sample((now, offset) =>
        {
            var timestamp = now.AddSeconds(offset);
            var isOfLastMonth = timestamp.Month != now.Month && timestamp < now;
            var isClosed = isOfLastMonth && (now.Day > 1 || now.Hour >= 6);
            var expected = offset is >= -24 * 3600 and <= 300 && !isClosed;
            return Accepts(AcceptanceRules.Aws2026, timestamp, now) == expected;
        });

    [Fact]
    public void Find_UnknownName_IsNull()
    {
        Assert.Same(AcceptanceRules.Aws2020, AcceptanceRules.Find("aws-2020"));
        Assert.Null(AcceptanceRules.Find("aws-1999"));
    }

    private static bool Accepts(AcceptanceRules rules, DateTimeOffset timestamp, DateTimeOffset now) =>
        AcceptanceWindow.OfBatch(rules, TimeSpan.FromHours(1), new OpenPoints()).Accepts(timestamp, now);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
