using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;

namespace Tally.Domain.Tests.Sealing;

public sealed class AnomalyRulesTests
{
    private static readonly AnomalyGuard Tenfold = new(10, 100);
    private static readonly DateTimeOffset Now = TestBooks.Noon;

    [Theory]
    [InlineData(new[] { 20, 30, 40 }, 401, true)]
    [InlineData(new[] { 20, 30, 40 }, 400, false)]
    [InlineData(new[] { 20, 30 }, 4_000, false)]
    [InlineData(new[] { 1, 1, 1 }, 99, false)]
    [InlineData(new[] { 1, 1, 1 }, 100, true)]
    [InlineData(new[] { 0, 0, 0 }, 100, true)]
    [InlineData(new int[0], int.MaxValue, false)]
    public void Hold_LastRecord_ByItsHistory(int[] history, int quantity, bool isHeld)
    {
        var held = Hold([.. history.Append(quantity)], fresh: history.Length);
        Assert.Equal(isHeld ? 1 : 0, held.Count);
        Assert.All(held, settlement =>
        {
            Assert.Equal((Key(history.Length), RecordState.Held), (settlement.Key, settlement.State));
            Assert.Contains($"{quantity} is more than 10 times", settlement.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Hold_RecordsOfLongAgo_DontCount()
    {
        int[] history = [1_000, .. Enumerable.Repeat(1, AnomalyRules.HistoryMax), 500];
        Assert.Single(Hold(history, fresh: history.Length - 1));
        Assert.Empty(Hold(history[..^2].Append(500).ToArray(), fresh: history.Length - 2));
    }

    [Fact]
    public void Hold_SeveralHoursInARowThatJump_AreAllHeld() =>
        Assert.Equal(3, Hold([1, 1, 1, 500, 600, 700], fresh: 3).Count);

    [Theory]
    [InlineData(RecordState.Held, true)]
    [InlineData(RecordState.WrittenOff, true)]
    [InlineData(RecordState.Waiting, false)]
    [InlineData(RecordState.Delivered, false)]
    public void Hold_JumpBefore_IsUsualOnceItWasReleased(RecordState before, bool isHeld)
    {
        List<RecordView> views = [.. Enumerable.Range(0, 3).Select(hour => View(hour, 1, RecordState.Delivered))];
        views.Add(View(3, 500, before));
        views.Add(View(4, 600, RecordState.Waiting));
        var held = AnomalyRules.Hold(Tenfold, views, key => key == Key(4), Now);
        Assert.Equal(isHeld, held.Count == 1);
    }

    [Fact]
    public void Hold_AnyRecords_OnlyFreshOnesBeyondTheFactor() =>
        Gen.Select(Gen.Int[0, 10_000].Array[1, 40], Gen.Int[0, 40]).Sample((quantities, fresh) =>
        {
            var held = Hold(quantities, fresh);
            Assert.All(held, settlement =>
            {
                var hour = (int)(settlement.Key.HourStartSeconds / 3_600);
                Assert.True(hour >= fresh);
                Assert.True(quantities[hour] > 10 * quantities.Take(Math.Min(3, hour)).Min());
            });
        });

    [Fact]
    public void Release_DeadlineNears_LetsGo()
    {
        RecordView[] views =
            [View(0, 5, RecordState.Held), View(1, 5, RecordState.Held), View(2, 5, RecordState.Parked)];
        var released = AnomalyRules.Release(views, timestamp => timestamp.AddHours(2), Time(1).AddHours(1));
        Assert.Equal((Key(0), RecordState.Waiting), (released.Single().Key, released.Single().State));
        Assert.Equal(2, AnomalyRules.Release(views, _ => DateTimeOffset.MinValue, Now).Count);
    }

    private static IReadOnlyList<Settlement> Hold(int[] quantities, int fresh) => AnomalyRules.Hold(
        Tenfold,
        quantities.Select((quantity, hour) => View(hour, quantity, RecordState.Waiting)).Reverse(),
        key => key.HourStartSeconds >= Key(fresh).HourStartSeconds,
        Now);

    private static RecordView View(int hour, int quantity, RecordState state) =>
        new(new(Key(hour), TestBooks.Buyer, "sum", Time(hour).ToUnixTimeSeconds(), quantity), state, null);

    private static RecordKey Key(int hour) => new(0, hour * 3_600L);

    private static DateTimeOffset Time(int hour) => DateTimeOffset.FromUnixTimeSeconds((hour * 3_600L) + 3_599);
}
