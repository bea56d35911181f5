using Tally.Bench.Contenders;
using Tally.Bench.Emulation;
using Tally.Bench.Load;
using Tally.Bench.Reports;

namespace Tally.Bench.Scaling;

/// <summary>
/// Measures whether what an event costs stays the same with more silos, more customers and more hours of uptime.
/// </summary>
internal static class ScaleBenchmark
{
    private static readonly int[] SiloCounts = [1, 2, 4];
    private static readonly int[] CustomerCounts = [1_000, 10_000, 100_000, 1_000_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortHour = TimeSpan.FromSeconds(20);

    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(IngestOptions options, TimeProvider time)
    {
        var folder = Path.Combine(options.Data, $"tally-scale-{Environment.ProcessId}");
        _ = Directory.CreateDirectory(folder);
        try
        {
            await using var aws = await EmulatorProcess.Start(Path.Combine(folder, "aws"), time, period: ShortHour);
            await aws.DeclareProduct();
            await aws.Put("products/bench", """{"dimensions":["api_calls"],"openToAll":true}""");
            await Silos(Path.Combine(folder, "silos"), aws.Endpoint, options, time);
            await Hours(Path.Combine(folder, "hours"), aws.Endpoint, options, time);
            await Customers(Path.Combine(folder, "customers"), aws.Endpoint, options, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Silos(string folder, Uri aws, IngestOptions options, TimeProvider time)
    {
        Lines.Print($"Silos, {options.Customers:N0} customers, {Environment.ProcessorCount} CPUs for all");
        foreach (var silos in SiloCounts)
        {
            await using var cluster = new ClusterContender(Path.Combine(folder, $"{silos}"), silos, aws);
            await cluster.Start(options, time);
            for (var round = 0; round < options.Rounds; round++)
            {
                await Measure($"{silos} silos", cluster, options, time);
            }

            await Verify(cluster);
        }
    }

    /// <summary>One cluster through many short metering hours, each sealed and delivered beside the load.</summary>
    private static async Task Hours(string folder, Uri aws, IngestOptions options, TimeProvider time)
    {
        Lines.Print($"Hours, {options.Customers:N0} customers, 2 silos, an hour is {ShortHour.TotalSeconds} s");
        string[] hours = ["--period", $"{ShortHour}", "--seal-delay", "00:00:01"];
        await using var cluster = new ClusterContender(folder, 2, aws, hours);
        var whole = options with { Seconds = (int)ShortHour.TotalSeconds };
        await cluster.Start(whole, time);
        for (var hour = 0; hour < options.Rounds * 2; hour++)
        {
            await Measure($"span {hour + 1}", cluster, whole, time);
        }

        await Verify(cluster);
    }

    private static async Task Customers(string folder, Uri aws, IngestOptions options, TimeProvider time)
    {
        Lines.Print($"Customers, 1 silo");
        foreach (var customers in CustomerCounts.Where(count => count <= Math.Max(options.Customers, 100_000)))
        {
            await using var cluster = new ClusterContender(Path.Combine(folder, $"{customers}"), 1, aws);
            await cluster.Start(options with { Customers = customers }, time);
            await Measure($"{customers:N0} customers", cluster, options with { Customers = customers }, time);
            await Verify(cluster);
        }
    }

    private static async Task Measure(
        string name, ClusterContender cluster, IngestOptions options, TimeProvider time)
    {
        var postgres = new List<double>();
        var span = await cluster.Load.Measure(WarmUp, 5L * options.Customers, () =>
        {
            postgres.Add(cluster.PostgresSeconds());
            return cluster.CpuSeconds();
        });
        var database = span.Events == 0 ? 0 : (postgres[1] - postgres[0]) / span.Events * 1e6;
        Lines.Print(
            $"{name,-20} {span.EventsPerSecond,9:N0} events/s  p50 {span.P50Milliseconds,5:N0} ms  ",
            $"p99 {span.P99Milliseconds,5:N0} ms  CPU s per million {span.CpuPerMillion,6:N2}, ",
            $"PostgreSQL {database:N2}");
    }

    private static async Task Verify(ClusterContender cluster)
    {
        var (accepted, difference) = await BenchProduct.Reconcile(cluster.Client);
        Lines.Print(
            $"acknowledged {cluster.Load.Acknowledged:N0}, counted {accepted:N0}, difference {difference}");
        if (accepted != cluster.Load.Acknowledged || difference != 0)
        {
            throw new InvalidOperationException("What was counted is not what was acknowledged.");
        }
    }
}
