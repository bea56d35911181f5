using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

public sealed class ShardTurnsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly ShardTurns _turns = new(TimeSpan.FromMilliseconds(50));

    [Fact]
    public void IsNext_OneShard_Always()
    {
        Assert.True(_turns.IsNext(Start, 0, Start));
        _turns.Started(0);
        Assert.True(_turns.IsNext(Start, 0, Start));
    }

    [Fact]
    public void IsNext_AnotherIsMoreUrgentAndHere_GoesFirst()
    {
        _turns.IsNext(Start, 1, Start.AddHours(1));
        _turns.ComeAgain(1, Start.AddMilliseconds(100));
        var due = Start.AddMilliseconds(100);
        Assert.False(_turns.IsNext(due, 0, Start.AddHours(2)));
        Assert.True(_turns.IsNext(due, 1, Start.AddHours(1)));
        _turns.Started(1);
        Assert.True(_turns.IsNext(due, 0, Start.AddHours(2)));
    }

    [Fact]
    public void IsNext_AnotherDoesNotComeInTime_LosesItsTurn()
    {
        _turns.IsNext(Start, 1, Start.AddHours(1));
        _turns.ComeAgain(1, Start.AddMilliseconds(100));
        Assert.True(_turns.IsNext(Start.AddMilliseconds(99), 0, Start.AddHours(2)));
        Assert.False(_turns.IsNext(Start.AddMilliseconds(150), 0, Start.AddHours(2)));
        Assert.True(_turns.IsNext(Start.AddMilliseconds(151), 0, Start.AddHours(2)));
    }

    [Fact]
    public void IsNext_EquallyUrgent_TakeTurns()
    {
        var order = new List<int>();
        for (var call = 0; call < 12; call++)
        {
            var now = Start.AddMilliseconds(100 * call);
            for (var shard = 0; shard < 4; shard++)
            {
                _turns.IsNext(now, shard, Start.AddHours(1));
                _turns.ComeAgain(shard, now);
            }

            var next = Enumerable.Range(0, 4).Single(shard => _turns.IsNext(now, shard, Start.AddHours(1)));
            _turns.Started(next);
            order.Add(next);
        }

        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], order);
    }

    [Fact]
    public void Withdraw_LastThatWaits_SaysSo()
    {
        _turns.IsNext(Start, 0, Start);
        _turns.IsNext(Start, 1, Start);
        Assert.False(_turns.Withdraw(0));
        Assert.True(_turns.IsNext(Start, 1, Start));
        Assert.True(_turns.Withdraw(1));
        Assert.Equal(0, _turns.Count);
    }
}
