using System.IO.Compression;
using System.Text.Json;
using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Tracking;

/// <summary>How events are gathered, and what they are sent as.</summary>
public sealed class TrackTests(ApiStage stage)
{
    private static readonly TimeSpan JustBefore = TimeSpan.FromMilliseconds(999);

    [Fact]
    public async Task Track_SomeEvents_AreCountedOnceWhenTheDelayIsOver()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(stage, door);
        Assert.True(tally.Client.Track(ClientStage.Event(quantity: 2.5m)));
        Assert.True(await tally.Client.TrackAsync(ClientStage.Event(quantity: 0.000001m)));
        tally.Time.Advance(JustBefore);
        Assert.Equal(0, door.Requests);
        await tally.Until(() => tally.Client.Counts.Accepted == 2, TimeSpan.FromMilliseconds(1));

        Assert.Equal((2, 2.500001m), await tally.Counted());
        Assert.Equal(1, door.Requests);
        Assert.Equal(new(2, 0, 0, 0, 0, 0), tally.Client.Counts);
        Assert.Empty(tally.Log.Lines);
    }

    [Fact]
    public async Task Track_AsManyAsARequestTakes_AreSentAtOnce()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(stage, door, options => options.BatchEventsMax = 3);
        for (var count = 0; count < 7; count++)
        {
            tally.Client.Track(ClientStage.Event());
        }

        await ClientStage.Still(() => tally.Client.Counts.Accepted == 6);
        Assert.Equal((2, 1), (door.Requests, tally.Client.Counts.Waiting));
    }

    [Fact]
    public async Task Track_AsManyBytesAsARequestTakes_AreSentAtOnceInRequestsOfThatSize()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(stage, door, options =>
            (options.BatchBytesMax, options.Compress, options.ConcurrentRequestsMax) = (1024, false, 1));
        for (var count = 0; count < 20; count++)
        {
            tally.Client.Track(ClientStage.Event());
        }

        await tally.Until(tally.Client.FlushAsync());
        Assert.Equal((20, 20), await tally.Counted());
        Assert.All(door.Bodies, body => Assert.InRange(body.Body.Length, 1, 1024));
        Assert.InRange(door.Requests, 2, 10);
    }

    [Fact]
    public async Task Flush_BeforeTheDelayIsOver_SendsAndWaitsForTheAnswers()
    {
        await using var tally = await ClientStage.Open(stage);
        await tally.Client.FlushAsync();
        tally.Client.Track(ClientStage.Event());
        await tally.Client.FlushAsync();
        Assert.Equal(1, tally.Client.Counts.Accepted);

        tally.Client.Track(ClientStage.Event());
        await tally.Client.FlushAsync();
        Assert.Equal((2, 2), await tally.Counted());
    }

    [Fact]
    public async Task Track_NoIdAndNoTime_GetsAUuidAndTheTimeOfTracking()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(stage, door);
        var tags = new Dictionary<string, string> { ["team"] = "Grüße \"😀\"" };
        tally.Client.Track(ClientStage.Event() with { Tags = tags });
        tags["team"] = "changed";
        tally.Time.Advance(TimeSpan.FromMilliseconds(500));
        await tally.Client.FlushAsync();

        Assert.True(door.Bodies.TryDequeue(out var body));
        Assert.Equal("gzip", body.Encoding);
        using var plain = new GZipStream(new MemoryStream(body.Body), CompressionMode.Decompress);
        var sent = (await JsonDocument.ParseAsync(plain)).RootElement;
        Assert.Equal(7, Guid.Parse(sent.GetProperty("id").GetString()!).Version);
        Assert.Equal(ApiStage.Now, sent.GetProperty("time").GetDateTimeOffset());
        Assert.Equal("Grüße \"😀\"", sent.GetProperty("tags").GetProperty("team").GetString());
        Assert.Equal(1, tally.Client.Counts.Accepted);
    }

    [Fact]
    public async Task Track_ManyThreads_EachEventIsCountedOnce()
    {
        await using var tally = await ClientStage.Open(stage, configure: options =>
            (options.BatchEventsMax, options.WaitingEventsMax, options.ConcurrentRequestsMax) = (50, 200, 4));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var count = 0; count < 500; count++)
            {
                await tally.Client.TrackAsync(ClientStage.Event());
                Assert.InRange(tally.Client.Counts.Waiting, 0, 200);
            }
        })));
        await tally.Client.FlushAsync();

        Assert.Equal((4_000, 4_000), await tally.Counted());
        Assert.Equal(new(4_000, 0, 0, 0, 0, 0), tally.Client.Counts);
    }
}
