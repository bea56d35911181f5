using System.Globalization;
using System.Text;
using CsCheck;
using Tally.Api.Events;

namespace Tally.Api.Tests.Events;

public sealed class EventTimeTests
{
    [Fact]
    public void TryParse_EveryMomentInEveryOffset_IsExact() =>
        Gen.Select(
            Gen.Long[new DateTime(2, 1, 1).Ticks, new DateTime(9998, 12, 31).Ticks], Gen.Int[-839, 839], Gen.Int[0, 7])
            .Sample((ticks, minutes, decimals) =>
            {
                var unit = (long)Math.Pow(10, 7 - decimals);
                var time = new DateTimeOffset(ticks - (ticks % unit), TimeSpan.FromMinutes(minutes));
                var form = "yyyy-MM-ddTHH:mm:ss" + (decimals == 0 ? "" : "." + new string('f', decimals)) + "zzz";
                var text = time.ToString(form, CultureInfo.InvariantCulture);
                Assert.True(EventTime.TryParse(Encoding.UTF8.GetBytes(text), out var parsed), text);
                Assert.Equal(time.UtcTicks, parsed);
                var utc = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
                Assert.True(EventTime.TryParse(Encoding.UTF8.GetBytes(utc + "123Z"), out parsed), utc);
                Assert.Equal(time.UtcTicks, parsed);
            });

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndAgreesWithTheRuntime() =>
        Gen.Char["0123456789-+:.TZtz "].Array[0, 36].Select(text => new string(text)).Sample(text =>
        {
            if (EventTime.TryParse(Encoding.UTF8.GetBytes(text), out var ticks))
            {
                Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks, ticks);
            }
        });

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T10:20Z")]
    [InlineData("2026-11-22T10:20:30")]
    [InlineData("2026-11-22 10:20:30Z")]
    [InlineData("2026-11-22T10:20:30.Z")]
    [InlineData("2026-11-22T10:20:30,5Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T10:60:00Z")]
    [InlineData("2026-11-22T23:59:60Z")]
    [InlineData("2026-11-31T10:20:30Z")]
    [InlineData("2026-13-01T10:20:30Z")]
    [InlineData("2026-00-01T10:20:30Z")]
    [InlineData("0000-01-01T10:20:30Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("2026-11-22T10:20:30+24:00")]
    [InlineData("2026-11-22T10:20:30+0100")]
    [InlineData("2026-11-22T10:20:30+01")]
    [InlineData("2026-11-22T10:20:30ZZ")]
    [InlineData("2026-11-22T10:20:30.1234567")]
    [InlineData("２026-11-22T10:20:30Z")]
    [InlineData("")]
    public void TryParse_NoTimeWithAnOffset_IsRefused(string text) =>
        Assert.False(EventTime.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
