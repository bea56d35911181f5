using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Sending;

/// <summary>What happens when requests fail: events are sent again, the same as before, and count once.</summary>
public sealed class RetryTests(ApiStage stage)
{
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>().Except([Fault.None, Fault.Silent])];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Send_FailsThreeTimes_IsRetriedAndCountsOnce(Fault fault)
    {
        await using var door = await FaultyDoor.Open(stage.Api, fault, fault, fault);
        await using var tally = await ClientStage.Open(stage, door);
        tally.Client.Track(ClientStage.Event(quantity: 3));
        tally.Client.Track(ClientStage.Event(quantity: 4));
        await tally.Until(tally.Client.FlushAsync());

        Assert.Equal((2, 7), await tally.Counted());
        Assert.Equal(4, door.Requests);
        Assert.Single(door.Bodies.Select(body => Convert.ToHexString(body.Body)).Distinct());
        Assert.Equal([5001, 5001, 5001], tally.Log.Ids);
        var wasCounted = fault is Fault.CutAfter or Fault.UnavailableAfter or Fault.HalfAnAnswer;
        Assert.Equal(wasCounted ? (0, 2) : (2, 0), (tally.Client.Counts.Accepted, tally.Client.Counts.Duplicates));
        Assert.Empty(tally.Rejected);
    }

    [Fact]
    public async Task Send_NoAnswer_IsGivenUpWhenTheTimeoutIsOver()
    {
        await using var door = await FaultyDoor.Open(stage.Api, Fault.Silent);
        await using var tally = await ClientStage.Open(stage, door);
        tally.Client.Track(ClientStage.Event());
        var flushed = tally.Client.FlushAsync();
        await ClientStage.Still(() => door.Requests == 1);
        tally.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(tally.Log.Lines);
        await tally.Until(flushed);

        Assert.Equal((1, 1), await tally.Counted());
        Assert.Contains("00:00:30", Assert.Single(tally.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", 7.1)]
    [InlineData("Sun, 22 Nov 2026 10:30:09 GMT", 9.1)]
    [InlineData("Sun, 22 Nov 2026 10:00:00 GMT", 0.1)]
    [InlineData("nonsense", 0.1)]
    public async Task Send_RetryAfter_IsHonouredAndTheJitterComesOnTop(string header, double seconds)
    {
        await using var door = await FaultyDoor.Open(stage.Api, Fault.Unavailable);
        door.RetryAfter = header;
        await using var tally = await ClientStage.Open(stage, door);
        tally.Client.Track(ClientStage.Event());
        var flushed = tally.Client.FlushAsync();
        await ClientStage.Still(() => !tally.Log.Lines.IsEmpty);
        var announced = $"in {TimeSpan.FromSeconds(seconds)}.";
        Assert.EndsWith(announced, tally.Log.Lines.Single().Text, StringComparison.Ordinal);
        await tally.Until(flushed);

        Assert.Equal((1, 1), await tally.Counted());
    }

    [Fact]
    public async Task Send_NobodyThere_IsRetriedAndCountsOnceSomebodyIs()
    {
        Uri address;
        await using (var closed = await FaultyDoor.Open(stage.Api))
        {
            address = closed.Address;
        }

        var seller = await stage.NewSeller();
        await using var tally = ClientStage.At(seller, configure: options => options.Address = address);
        tally.Client.Track(ClientStage.Event());
        await tally.Until(() => tally.Log.Lines.Count >= 5, TimeSpan.FromSeconds(5));

        Assert.Equal(1, tally.Client.Counts.Waiting);
        Assert.Equal((0, 0), await tally.Counted());
    }
}
