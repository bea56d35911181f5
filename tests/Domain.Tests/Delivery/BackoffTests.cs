using System.Numerics;
using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(4, 4)]
    [InlineData(7, 30)]
    [InlineData(100, 30)]
    public void Delay_HalfRandom_IsHalfTheBound(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(failures, First, Most, 0.5));

    [Fact]
    public void Delay_AnyInput_StaysWithinItsBounds() =>
        Gen.Select(
            Gen.OneOf(Gen.Int[1, 40], Gen.Int[1, int.MaxValue]),
            Gen.Long[1, TimeSpan.TicksPerDay],
            Gen.Long[0, long.MaxValue / 2],
            Gen.Double.Unit).Sample(
            (failures, first, more, random) =>
            {
                var most = first + more;
                var delay = Backoff.Delay(failures, new(first), new(most), random).Ticks;
                var bound = BigInteger.Min(most, first * BigInteger.Pow(2, Math.Min(failures - 1, 62)));
                Assert.InRange(delay, 0, (long)bound);
            },
            iter: 10_000);

    [Fact]
    public void Delay_MoreRandom_IsNeverLess() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double.Unit, Gen.Double.Unit).Sample(
            (failures, one, other) => Assert.True(
                Backoff.Delay(failures, First, Most, Math.Min(one, other))
                <= Backoff.Delay(failures, First, Most, Math.Max(one, other))));

    [Fact]
    public void Delay_MostFailuresAndLongestWait_DoesNotOverflow()
    {
        Assert.Equal(TimeSpan.Zero, Backoff.Delay(int.MaxValue, First, Most, 0));
        Assert.InRange(
            Backoff.Delay(int.MaxValue, First, Most, Math.BitDecrement(1.0)), TimeSpan.FromSeconds(59.9), Most);
        Assert.InRange(
            Backoff.Delay(int.MaxValue, TimeSpan.FromDays(10_000), TimeSpan.MaxValue, Math.BitDecrement(1.0)),
            TimeSpan.FromDays(1_000_000),
            TimeSpan.MaxValue);
    }
}
