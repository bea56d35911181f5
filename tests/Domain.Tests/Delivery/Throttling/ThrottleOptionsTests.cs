using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

public sealed class ThrottleOptionsTests
{
    public static TheoryData<string, ThrottleOptions> Outside => new()
    {
        { "CallsMax", new() { CallsMax = 0 } },
        { "CallsMax", new() { CallsMax = 1_025 } },
        { "CallTimeMax", new() { CallTimeMax = TimeSpan.Zero } },
        { "RetryFirst", new() { RetryFirst = TimeSpan.FromMilliseconds(9) } },
        { "RetryMost", new() { RetryMost = TimeSpan.FromHours(2) } },
        { "RetryMost", new() { RetryFirst = TimeSpan.FromSeconds(10), RetryMost = TimeSpan.FromSeconds(9) } },
        { "RetryAfterMost", new() { RetryAfterMost = TimeSpan.FromSeconds(-1) } },
        { "ProbeInterval", new() { ProbeInterval = TimeSpan.Zero } },
        { "UrgentWithin", new() { UrgentWithin = TimeSpan.FromHours(25) } },
        { "UrgentTurns", new() { UrgentTurns = 0 } },
        { "Slack", new() { Slack = TimeSpan.FromSeconds(2) } },
        { "AskInterval", new() { AskInterval = TimeSpan.Zero } },
        { "Rate.Least", new() { Rate = new() { Least = 0 } } },
        { "Rate.Most", new() { Rate = new() { Most = double.PositiveInfinity } } },
        { "Rate.First", new() { Rate = new() { First = double.NaN } } },
        { "Rate.First", new() { Rate = new() { First = 1_001 } } },
        { "Rate.CutFactor", new() { Rate = new() { CutFactor = 1 } } },
        { "Rate.RecoveryCalls", new() { Rate = new() { RecoveryCalls = 4 } } },
        { "Rate.RecoveryTime", new() { Rate = new() { RecoveryTime = TimeSpan.Zero } } },
        { "Rate.ProbingCalls", new() { Rate = new() { ProbingCalls = 1 } } },
        { "Rate.ProbingTime", new() { Rate = new() { ProbingTime = TimeSpan.FromHours(1) } } },
    };

    [Fact]
    public void Mistakes_Defaults_AreNone() => Assert.Empty(new ThrottleOptions().Mistakes());

    [Theory]
    [MemberData(nameof(Outside), DisableDiscoveryEnumeration = true)]
    public void Mistakes_OneOutside_NamesIt(string name, ThrottleOptions options)
    {
        Assert.StartsWith(name + " is ", Assert.Single(options.Mistakes()), StringComparison.Ordinal);
        var refusal = Assert.Throws<ArgumentException>(() => new AccountThrottle(options));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_Several_AreAllTold() =>
        Assert.Equal(2, new ThrottleOptions { CallsMax = 0, UrgentTurns = 0 }.Mistakes().Count);
}
