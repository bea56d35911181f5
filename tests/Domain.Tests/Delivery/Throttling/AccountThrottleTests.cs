using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

public sealed class AccountThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.3);
    private static readonly DateTimeOffset Later = Start.AddDays(1);
    private static readonly ProductKey One = new("acme", "one");
    private static readonly ProductKey Other = new("acme", "other");

    private readonly AccountThrottle _throttle = new(new() { CallsMax = 4, Rate = new() { First = 10 } });

    [Fact]
    public void TryStart_FirstCall_StartsAndTheNextHalfAnIntervalLater()
    {
        // The slack of 50 milliseconds is credited: nobody asked before.
        Assert.True(_throttle.TryStart(Start, One, Later).IsStarted);
        var next = _throttle.TryStart(Start, One, Later);
        Assert.False(next.IsStarted);
        Assert.Equal(Start.AddMilliseconds(50), next.WaitUntil);
        Assert.Equal(1, _throttle.CallsUnderWay);
    }

    [Fact]
    public void TryStart_BoundReached_WaitsForACallToEnd()
    {
        var calls = Enumerable.Range(0, 4).Select(second => StartAt(second)).ToList();
        var next = _throttle.TryStart(Start.AddSeconds(10), One, Later);
        Assert.False(next.IsStarted);
        Assert.InRange(next.WaitUntil, Start.AddSeconds(10.001), Start.AddSeconds(11));
        Finish(10, calls[0], null);
        StartAt(10);
    }

    [Fact]
    public void TryStart_EndNeverReported_TheRoomIsFreeAfterAWhile()
    {
        var calls = Enumerable.Range(0, 4).Select(second => StartAt(second)).ToList();
        Assert.False(_throttle.TryStart(Start.AddSeconds(120), One, Later).IsStarted);
        StartAt(121);
        Assert.Equal(4, _throttle.CallsUnderWay);

        // The end comes after all: it counts for nothing.
        Finish(121, calls[0], CallVerdict.Throttled);
        Assert.Equal(4, _throttle.CallsUnderWay);
        Assert.Equal(0, _throttle.Rate.Epoch);
    }

    [Fact]
    public void Finished_SeveralUnderWayAreRefused_CutsOnce()
    {
        var calls = Enumerable.Range(0, 4).Select(second => StartAt(second)).ToList();
        calls.ForEach(call => Finish(4, call, CallVerdict.Throttled));
        Assert.Equal(8, _throttle.Rate.Rate, 1e-9);
        Assert.Equal(1, _throttle.Rate.Epoch);
        var after = StartAt(5);
        Finish(6, after, CallVerdict.Throttled);
        Assert.Equal(6.4, _throttle.Rate.Rate, 1e-9);
    }

    [Fact]
    public void Finished_RefusedInARow_AllBackOff()
    {
        for (var second = 0; second < 4; second++)
        {
            Finish(second * 10, StartAt(second * 10), CallVerdict.Throttled);
        }

        // Half of 250 milliseconds, doubled twice: the first refusal is no row yet.
        var now = Start.AddSeconds(30);
        Assert.Equal(now.AddSeconds(0.5), _throttle.TryStart(now, One, Later).WaitUntil);
        Assert.Equal(now.AddSeconds(0.5), _throttle.TryStart(now, Other, Later).WaitUntil, Interval);
    }

    [Theory]
    [InlineData(CallVerdict.Transient, 0.125)]
    [InlineData(CallVerdict.ProductAtFault, 60)]
    public void Finished_ProductFails_ItWaitsAndTheRateAndOthersDoNot(CallVerdict verdict, double seconds)
    {
        Finish(1, StartAt(0), verdict);
        Assert.Equal(
            Start.AddSeconds(1 + seconds), _throttle.TryStart(Start.AddSeconds(1), One, Later).WaitUntil);
        Assert.True(_throttle.TryStart(Start.AddSeconds(1), Other, Later).IsStarted);
        Assert.Equal(new(10, 0, 0, 0), _throttle.Rate);
    }

    [Fact]
    public void Finished_SeveralUnderWayFail_CountsOnce()
    {
        var calls = Enumerable.Range(0, 4).Select(second => StartAt(second)).ToList();
        calls.ForEach(call => Finish(4, call, CallVerdict.Transient));
        Assert.Equal(Start.AddSeconds(4.125), _throttle.TryStart(Start.AddSeconds(4), One, Later).WaitUntil);
    }

    [Fact]
    public void Finished_FailsAgainAndAgain_OneCallAtATimeUntilOneIsTaken()
    {
        Finish(0, StartAt(0), CallVerdict.Transient);
        Finish(10, StartAt(10), CallVerdict.Transient);
        var probe = StartAt(20);
        Assert.False(_throttle.TryStart(Start.AddSeconds(21), One, Later).IsStarted);
        Finish(22, probe, null);
        StartAt(22);
        StartAt(23);
    }

    [Theory]
    [InlineData(CallVerdict.RecordAtFault)]
    [InlineData(CallVerdict.Unknown)]
    [InlineData(null)]
    public void Finished_AwsTookTheCallOrNobodyKnows_NobodyWaits(CallVerdict? verdict)
    {
        Finish(1, StartAt(0), verdict);
        StartAt(1);
    }

    [Theory]
    [InlineData(CallVerdict.Throttled, 7, 7, 7)]
    [InlineData(CallVerdict.Transient, 7, 7, 0)]
    [InlineData(CallVerdict.Unknown, 7, 7, 0)]
    [InlineData(CallVerdict.Throttled, 100_000, 300, 300)]
    public void Finished_RetryAfter_IsHonouredUpToTheBound(CallVerdict verdict, int seconds, int own, int other)
    {
        var call = StartAt(0);
        _throttle.Finished(Start.AddSeconds(1), call, new(verdict, TimeSpan.FromSeconds(seconds), 0));
        Assert.Equal(Start.AddSeconds(1 + own), _throttle.TryStart(Start.AddSeconds(1), One, Later).WaitUntil);
        _throttle.Withdraw(One);
        var decision = _throttle.TryStart(Start.AddSeconds(1), Other, Later);
        Assert.Equal(other == 0, decision.IsStarted);
        Assert.Equal(Start.AddSeconds(1 + other), decision.WaitUntil);
    }

    [Fact]
    public void TryStart_AnotherIsDueAndWaitedLonger_ItGoesFirst()
    {
        StartAt(0);
        Assert.False(_throttle.TryStart(Start, Other, Later).IsStarted);
        Assert.False(_throttle.TryStart(Start, One, Later).IsStarted);
        var slot = Start.AddMilliseconds(50);
        Assert.False(_throttle.TryStart(slot, One, Later).IsStarted);
        Assert.True(_throttle.TryStart(slot, Other, Later).IsStarted);
    }

    [Fact]
    public void TryStart_AnotherWaitedLongerButIsNotDueYet_TheSlotIsNotWasted()
    {
        StartAt(0);
        var third = new ProductKey("acme", "third");
        Assert.Equal(Start.AddMilliseconds(50), _throttle.TryStart(Start, third, Later).WaitUntil);
        Assert.Equal(Start.AddMilliseconds(50), _throttle.TryStart(Start, Other, Start).WaitUntil);
        Assert.Equal(Start.AddMilliseconds(150), _throttle.TryStart(Start, third, Later).WaitUntil);
        _throttle.Withdraw(Other);
        Assert.True(_throttle.TryStart(Start.AddMilliseconds(60), One, Later).IsStarted);
    }

    [Fact]
    public void Withdraw_AnotherWasDue_NobodyWaitsForIt()
    {
        StartAt(0);
        Assert.False(_throttle.TryStart(Start, Other, Later).IsStarted);
        _throttle.Withdraw(Other);
        Assert.True(_throttle.TryStart(Start.AddMilliseconds(50), One, Later).IsStarted);
    }

    [Fact]
    public void TryStart_ManyProductsInTime_ForgetsThoseThatAreDone()
    {
        for (var minute = 0; minute < 100; minute++)
        {
            var now = Start.AddMinutes(minute);
            var call = _throttle.TryStart(now, new("acme", $"product-{minute}"), Later);
            _throttle.Finished(now, call.CallId, default);
        }

        Assert.InRange(_throttle.ProductCount, 1, 2);
    }

    [Fact]
    public void Rate_GivenToAnother_GoesOnFromThere()
    {
        Finish(0, StartAt(0), CallVerdict.Throttled);
        Assert.Equal(_throttle.Rate, new AccountThrottle(new(), _throttle.Rate).Rate);
    }

    private long StartAt(double seconds)
    {
        var decision = _throttle.TryStart(Start.AddSeconds(seconds), One, Later);
        Assert.True(decision.IsStarted);
        return decision.CallId;
    }

    private void Finish(double seconds, long call, CallVerdict? error) =>
        _throttle.Finished(Start.AddSeconds(seconds), call, new(error, null, 0.5));
}
