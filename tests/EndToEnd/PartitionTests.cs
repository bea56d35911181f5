using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>Three silos on machines of their own, whose network fails under load.</summary>
public sealed class PartitionTests
{
    private const int SomeEvents = 1_000;

    /// <summary>Longer than a silo takes to miss its neighbour's answers.</summary>
    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task LinksAreCutAndMended_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var network = await TestNetwork.Start(machines: 3);
        await using var cluster = await ClusterProcesses.Start(3, network, UsageLoad.Products);
        var load = new UsageLoad(cluster.SendAnywhere);
        await load.More(SomeEvents);

        await network.Separate(0, 1);
        await Elapse(CutTime);
        await network.Heal();
        await Rejoin(cluster.Silos);
        await load.More(SomeEvents);

        await network.SeparateFromDatabase(1);
        await Elapse(CutTime);
        await network.Heal();
        await Rejoin(cluster.Silos);
        await load.More(SomeEvents);

        await network.CutOff(2);
        await load.More(SomeEvents);
        await network.Heal();

        // It finds that it was given up, and ends.
        await cluster.Silos[2].Process.WaitForExit(TimeSpan.FromMinutes(1));
        await cluster.Silos[2].Start();
        await load.More(SomeEvents);
        await load.Stop();
        await cluster.AssertDelivered(load);
    }

    private static Task Elapse(TimeSpan time)
    {
        var since = TimeProvider.System.GetTimestamp();
        return Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(since) >= time));
    }

    /// <summary>Starts those again that the others gave up.</summary>
    private static async Task Rejoin(IEnumerable<SiloProcess> silos)
    {
        foreach (var silo in silos)
        {
            await Poll.Until(async () => silo.Process.HasExited || await silo.IsReady());
            if (silo.Process.HasExited)
            {
                await silo.Start();
            }
        }
    }
}
