using CsCheck;
using Tally.Client.Sending;

namespace Tally.Client.Tests.Sending;

/// <summary>Delays are exponential with full jitter, for any number of attempts.</summary>
public sealed class BackoffTests
{
    private static readonly TallyClientOptions Options = new();

    [Fact]
    public void Delay_AnyAttempt_IsWithinItsBoundsAndGrowsWithChance() =>
        (from attempt in Gen.OneOf(Gen.Int[1, 12], Gen.Int[1, int.MaxValue])
         from chance in Gen.Double[0, 1]
         from server in Gen.Int[-10, 7_200]
         select (attempt, chance, server)).Sample(drawn =>
        {
            var server = TimeSpan.FromSeconds(drawn.server);
            var asked = TimeSpan.FromSeconds(Math.Clamp(drawn.server, 0, 3_600));
            var delay = Backoff.Delay(drawn.attempt, Options, drawn.chance, server);
            var doubled = 0.2 * Math.Pow(2, Math.Min(drawn.attempt, 40) - 1);
            Assert.InRange(delay, asked, asked + TimeSpan.FromSeconds(Math.Min(30, doubled)));
            Assert.True(Backoff.Delay(drawn.attempt, Options, drawn.chance / 2, server) <= delay);
        });

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.4)]
    [InlineData(8, 25.6)]
    [InlineData(9, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Delay_LargestChance_Doubles(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(attempt, Options, 1, TimeSpan.Zero));
}
