using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Hosting;

/// <summary>At the end everything is sent, or said to be not.</summary>
public sealed class DisposeTests(ApiStage stage)
{
    [Fact]
    public async Task Dispose_EventsWait_AreSentFirst()
    {
        await using var tally = await ClientStage.Open(stage);
        for (var count = 0; count < 2_500; count++)
        {
            tally.Client.Track(ClientStage.Event());
        }

        await tally.Client.DisposeAsync();
        Assert.Equal((2_500, 2_500), await tally.Counted());
        Assert.Equal(new(2_500, 0, 0, 0, 0, 0), tally.Client.Counts);
    }

    [Fact]
    public async Task Dispose_Outage_EndsInTimeAndHandsBackWhatIsNotAnswered()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        door.Otherwise = Fault.Silent;
        await using var tally = await ClientStage.Open(stage, door, options => options.BatchEventsMax = 2);
        for (var index = 0; index < 7; index++)
        {
            tally.Client.Track(ClientStage.Event($"{index}"));
        }

        var disposed = tally.Client.DisposeAsync().AsTask();
        await ClientStage.Still(() => door.Requests == 2);
        tally.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(disposed.IsCompleted);
        tally.Time.Advance(TimeSpan.FromSeconds(0.1));
        await disposed;

        Assert.Equal(
            Enumerable.Range(0, 7).Select(index => $"{index}"),
            tally.Rejected.Select(rejected => rejected.Usage.Id).Order(StringComparer.Ordinal));
        Assert.All(tally.Rejected, rejected => Assert.Equal(UsageRejectedEventArgs.Abandoned, rejected.Code));
        Assert.Equal(new(0, 0, 0, 0, 7, 0), tally.Client.Counts with { Waiting = 0 });
        Assert.Contains(5004, tally.Log.Ids);
    }

    [Fact]
    public async Task Dispose_SomebodyWaitsForRoom_LearnsThatThereWillBeNone()
    {
        await using var door = await FaultyDoor.Open(stage.Api, Fault.Silent);
        await using var tally = await ClientStage.Open(stage, door, options => options.WaitingEventsMax = 1);
        tally.Client.Track(ClientStage.Event());
        var waiting = tally.Client.TrackAsync(ClientStage.Event()).AsTask();
        await ClientStage.Still(() => door.Requests == 1);
        var disposed = tally.Client.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => tally.Client.Track(ClientStage.Event()));
        await tally.Until(disposed, TimeSpan.FromSeconds(1));
        await tally.Client.DisposeAsync();
    }
}
