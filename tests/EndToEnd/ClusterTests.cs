using System.Collections.Concurrent;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>Three silos and two processes of the HTTP API on PostgreSQL, under load.</summary>
public sealed class ClusterTests
{
    private const int SomeEvents = 2_000;
    private static readonly TimeSpan PauseTime = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task EverythingFailsOneAfterTheOther_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 3, UsageLoad.Products);
        var load = new UsageLoad(cluster.SendAnywhere);
        await load.More(SomeEvents);

        foreach (var silo in cluster.Silos)
        {
            await silo.Process.Kill();
            await load.More(SomeEvents);
            await silo.Start();
            await load.More(SomeEvents);
        }

        await cluster.Postgres.Crash();
        await cluster.Postgres.Resume();
        await load.More(SomeEvents);

        await cluster.Apis[0].Process.Kill();
        await load.More(SomeEvents);
        await cluster.Apis[0].Start();
        await load.More(SomeEvents);

        await Pause(cluster.Silos[1], load);
        await load.Stop();
        await cluster.AssertDelivered(load);
    }

    [Fact]
    public async Task RestartedOneAfterTheOther_NoRequestFailsTwice()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 3, UsageLoad.Products);
        var failedTwice = new ConcurrentBag<string>();
        var load = new UsageLoad(async batch =>
        {
            var api = cluster.Apis[Random.Shared.Next(2)];
            var answer = await api.Client.TrySend(batch)
                ?? await cluster.Apis.Single(other => other != api).Client.TrySend(batch);
            if (answer is null)
            {
                failedTwice.Add(batch[0].Id);
            }

            return answer ?? await cluster.SendAnywhere(batch);
        });
        await load.More(SomeEvents);
        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(0, await silo.Process.Stop(likeAServiceManager: true));
            await load.More(SomeEvents);
            await silo.Start();
            await load.More(SomeEvents);
        }

        foreach (var api in cluster.Apis)
        {
            Assert.Equal(0, await api.Process.Stop(likeAServiceManager: true));
            await load.More(SomeEvents);
            await api.Start();
            await load.More(SomeEvents);
        }

        await load.Stop();
        Assert.Empty(failedTwice);
        await cluster.AssertDelivered(load);
    }

    /// <summary>
    /// Stops a silo where it is. The others give it up and take over its customers; when it goes on, it doesn't know
    /// that yet.
    /// </summary>
    private static async Task Pause(SiloProcess silo, UsageLoad load)
    {
        var since = TimeProvider.System.GetTimestamp();
        silo.Process.Pause();
        await load.More(SomeEvents);
        await Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(since) >= PauseTime), 300);
        silo.Process.Continue();
        await load.More(SomeEvents);

        // It finds that it was given up, and ends.
        await silo.Process.WaitForExit(TimeSpan.FromMinutes(2));
        await silo.Start();
        await load.More(SomeEvents);
    }
}
