using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Tracking;

/// <summary>Memory is bounded, whatever the platform does.</summary>
public sealed class RoomTests(ApiStage stage)
{
    [Fact]
    public async Task Track_NoRoomDuringAnOutage_DropsAndSaysSoOnce()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        door.Otherwise = Fault.CutBefore;
        await using var tally = await ClientStage.Open(stage, door, options => options.WaitingEventsMax = 10);
        var taken = Enumerable.Range(0, 15).Count(_ => tally.Client.Track(ClientStage.Event()));

        Assert.Equal((10, 5), (taken, tally.Client.Counts.Dropped));
        Assert.Single(tally.Log.Ids, 5005);
        door.Otherwise = Fault.None;
        await tally.Until(tally.Client.FlushAsync());
        Assert.Equal((10, 10), await tally.Counted());
        Assert.True(tally.Client.Track(ClientStage.Event()));
    }

    [Fact]
    public async Task TrackAsync_NoRoomDuringAnOutage_WaitsInTurnUntilThereIs()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        door.Otherwise = Fault.CutBefore;
        await using var tally = await ClientStage.Open(stage, door, options => options.WaitingEventsMax = 4);
        var tracked = Enumerable.Range(0, 12)
            .Select(index => tally.Client.TrackAsync(ClientStage.Event($"{index}")).AsTask())
            .ToList();
        await tally.Until(() => tally.Log.Lines.Count >= 3);

        Assert.Equal(4, tracked.Count(task => task.IsCompleted));
        Assert.Equal(4, tally.Client.Counts.Waiting);
        Assert.False(tally.Client.Track(ClientStage.Event("overtaking")));
        door.Otherwise = Fault.None;
        await tally.Until(Task.WhenAll(tracked));
        await tally.Until(tally.Client.FlushAsync());
        Assert.All(tracked, task => Assert.True(task.Result));
        Assert.Equal((12, 12), await tally.Counted());
    }

    [Fact]
    public async Task TrackAsync_NoRoomAndDropping_Drops()
    {
        await using var door = await FaultyDoor.Open(stage.Api, Fault.CutBefore);
        await using var tally = await ClientStage.Open(
            stage, door, options => (options.WaitingEventsMax, options.WhenFull) = (1, WhenFull.Drop));
        Assert.True(await tally.Client.TrackAsync(ClientStage.Event()));
        Assert.False(await tally.Client.TrackAsync(ClientStage.Event()));

        Assert.Equal((1, 1), (tally.Client.Counts.Dropped, tally.Client.Counts.Waiting));
    }

    [Fact]
    public async Task TrackAsync_GivenUp_IsNotTakenAndTheNextOneIs()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        door.Otherwise = Fault.CutBefore;
        await using var tally = await ClientStage.Open(stage, door, options => options.WaitingEventsMax = 1);
        await tally.Client.TrackAsync(ClientStage.Event("first"));
        using var stop = new CancellationTokenSource();
        var givenUp = tally.Client.TrackAsync(ClientStage.Event("given up"), stop.Token).AsTask();
        var next = tally.Client.TrackAsync(ClientStage.Event("next")).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        door.Otherwise = Fault.None;
        await tally.Until(next);
        await tally.Until(tally.Client.FlushAsync());

        Assert.Equal((2, 2), await tally.Counted());
    }

    [Fact]
    public async Task Track_TooManyBytes_HaveNoRoomButOneLargeEventHas()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(
            stage, door, options => (options.WaitingBytesMax, options.BatchBytesMax) = (1024, 1024));
        var large = ClientStage.Event() with
        {
            Tags = Enumerable.Range(0, 20).ToDictionary(index => $"tag{index}", _ => new string('x', 200)),
        };
        Assert.True(tally.Client.Track(large));
        Assert.False(tally.Client.Track(ClientStage.Event()));
        await tally.Client.FlushAsync();
        var small = Enumerable.Range(0, 20).Count(_ => tally.Client.Track(ClientStage.Event()));

        Assert.InRange(small, 4, 12);
        await tally.Client.FlushAsync();
        Assert.Equal((small + 1, small + 1), await tally.Counted());
    }
}
