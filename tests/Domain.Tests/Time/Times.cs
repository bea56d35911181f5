using System.Globalization;
using CsCheck;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Time;

/// <summary>Moments and periods to test with.</summary>
internal static class Times
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 3_600).Where(seconds => 3_600 % seconds == 0)];

    /// <summary>Any metering period there is, often the hour.</summary>
    public static Gen<MeteringPeriod> Period { get; } = Gen.OneOf(
        Gen.Const(MeteringPeriod.Hour),
        Gen.OneOf(Lengths).Select(seconds => new MeteringPeriod(TimeSpan.FromSeconds(seconds))));

    /// <summary>Any moment of this century, often on or beside a boundary, in any offset from UTC.</summary>
    public static Gen<DateTimeOffset> Moment { get; } = Gen.Select(
        Gen.OneOf(
            Gen.Long[At("2000-01-01T00:00:00Z").Ticks, At("2099-01-01T00:00:00Z").Ticks],
            Gen.Select(Gen.Int[0, 1_188], Gen.Int[-30, 30], Gen.Long[-1, 1], (month, hours, ticks) =>
                At("2000-01-01T00:00:00Z").AddMonths(month).AddHours(hours).Ticks + ticks)),
        Gen.Int[-56, 56],
        (ticks, quarters) => new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(15 * quarters)));

    /// <summary>Reads a moment.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
