using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Faults;
using Tally.Emulator.Signatures;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Faults;

public sealed class QuotaTests
{
    private static readonly Caller Seller = new("111122223333", "us-east-1", null);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void TryTake_AnyRateAndPauses_NeverGivesMoreThanTheRateAndOneSecondsWorth() => Gen
        .Select(Gen.Int[1, 50], Gen.Int[0, 400].Array[1, 200])
        .Sample((rate, pauses) =>
        {
            var buckets = new CallBuckets();
            var (now, taken) = (0L, 0);
            foreach (var pause in pauses)
            {
                now += pause * TimeSpan.TicksPerMillisecond;
                if (buckets.TryTake([("a", rate)], now)) taken++;
                if (taken > rate + (rate * now / (double)TimeSpan.TicksPerSecond) + 0.001) return false;
            }

            return true;
        });

    [Fact]
    public void TryTake_EvenlyAtTheRate_IsNeverRefused() =>
        Gen.Int[1, 10].Sample(rate =>
        {
            var buckets = new CallBuckets();
            return Enumerable.Range(0, 100).All(
                call => buckets.TryTake([("a", rate)], (call * TimeSpan.TicksPerSecond / rate) + call));
        });

    [Fact]
    public void TryTake_ManyNames_ForgetsThoseThatAreFull()
    {
        var buckets = new CallBuckets();
        for (var name = 0; name < CallBuckets.CountMax * 3; name++)
            Assert.True(buckets.TryTake([($"{name}", 10)], name * TimeSpan.TicksPerSecond));
        Assert.InRange(buckets.Count, 1, CallBuckets.CountMax + 1);
    }

    [Fact]
    public void Next_CallsPerSecond_CountsEveryOperationOfAnAccountInARegion()
    {
        var injector = new FaultInjector(new FaultPlan { CallsPerSecond = 10 }, _clock);
        Assert.Equal(5, CountPassed(injector, Seller, "BatchMeterUsage", 5));
        Assert.Equal(5, CountPassed(injector, Seller, "ResolveCustomer", 20));
        Assert.Equal(10, CountPassed(injector, Seller with { Region = "eu-west-1" }, "BatchMeterUsage", 20));
        Assert.Equal(10, CountPassed(injector, Seller with { AccountId = "444455556666" }, "BatchMeterUsage", 20));
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(3, CountPassed(injector, Seller, "MeterUsage", 20));
    }

    [Fact]
    public void Next_QuotasOfAws_AreThoseThatAwsDocuments()
    {
        var injector = new FaultInjector(new FaultPlan { Quotas = CallQuotas.Aws }, _clock);
        Assert.Equal(10, CountPassed(injector, Seller, "BatchMeterUsage", 50));
        Assert.Equal(10, CountPassed(injector, Seller, "MeterUsage", 50));
        Assert.Equal(5, CountPassed(injector, Seller, "RegisterUsage", 50));
        Assert.Equal(50, CountPassed(injector, Seller, "ResolveCustomer", 50));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, CountPassed(injector, Seller, "RegisterUsage", 50));
    }

    [Fact]
    public void Next_BothQuotas_ARefusedCallTakesFromNeither()
    {
        var plan = new FaultPlan
        {
            CallsPerSecond = 6,
            Quotas = new CallQuotas(new Dictionary<string, double>(StringComparer.Ordinal) { ["MeterUsage"] = 2 }),
        };
        var injector = new FaultInjector(plan, _clock);
        Assert.Equal(2, CountPassed(injector, Seller, "MeterUsage", 20));
        Assert.Equal(4, CountPassed(injector, Seller, "BatchMeterUsage", 20));
    }

    [Fact]
    public async Task CallsPerSecond_GoneBeyond_ThrottlesUntilTimePasses()
    {
        var options = new EmulatorOptions { Faults = new FaultPlan { CallsPerSecond = 2, RetryAfterSeconds = 1 } };
        await using var fixture = await EmulatorFixture.StartAsync(options);
        var codes = new List<string?>();
        for (var call = 0; call < 3; call++)
            codes.Add(await OutcomeAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(500));
        codes.Add(await OutcomeAsync(fixture));
        codes.Add(await OutcomeAsync(fixture));
        Assert.Equal([null, null, "ThrottlingException", null, "ThrottlingException"], codes);
    }

    private static async Task<string?> OutcomeAsync(EmulatorFixture fixture)
    {
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        return reply.Status == 200 ? null : reply.ErrorCode;
    }

    private static int CountPassed(FaultInjector injector, Caller caller, string operation, int calls) =>
        Enumerable.Range(0, calls).Count(_ => !injector.Next(caller, operation).Throttles);
}
