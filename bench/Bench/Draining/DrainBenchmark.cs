using Tally.Bench.Emulation;
using Tally.Bench.Reports;

namespace Tally.Bench.Draining;

/// <summary>Measures how fast the platform delivers what is sealed, and how well it uses AWS's quota.</summary>
internal static class DrainBenchmark
{
    /// <summary>As many calls as the platform has under way.</summary>
    private const int CallsAtOnce = 16;

    private const int CustomersToWarmUp = 5_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(IngestOptions options, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("drain-bench-").FullName;
        try
        {
            if (options.Contender is not "limit")
            {
                await Unlimited(folder, options, time);
            }

            if (options.Contender is not "tally")
            {
                await QuotaBenchmark.Run(Path.Combine(folder, "quota"), time);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Waits until a metering hour has just begun.</summary>
    public static async Task<DateTimeOffset> NextHour(TimeSpan period, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var next = now.AddTicks(period.Ticks - (now.UtcTicks % period.Ticks));
        await Task.Delay(next - now + Poll, time);
        return next;
    }

    private static async Task Unlimited(string folder, IngestOptions options, TimeProvider time)
    {
        var records = options.Customers * DrainingTally.Dimensions.Count;
        var period = options.Customers > 30_000 ? TimeSpan.FromMinutes(3) : TimeSpan.FromMinutes(1);
        await using var aws = await EmulatorProcess.Start(Path.Combine(folder, "aws"), time, period: period);
        var dimensions = string.Join(',', DrainingTally.Dimensions.Select(name => $"\"{name}\""));
        await aws.Put("products/bench", $$"""{"dimensions":[{{dimensions}}],"openToAll":true}""");
        await aws.Put("products/warm", $$"""{"dimensions":[{{dimensions}}],"openToAll":true}""");
        await using var tally = await DrainingTally.Start(
            Path.Combine(folder, "tally"),
            (aws.Endpoint, period),
            time,
            new("Tally__CallRateFirst", "10000"),
            new("Tally__CallRateMost", "10000"),
            new("Tally__CallsMax", "64"));
        await tally.PutProduct("bench");

        // The bare loop is measured when it is warm. So is the platform, which runs for months, when it has drained.
        await tally.PutProduct("warm");
        await tally.Post("warm", CustomersToWarmUp);
        var bare = await Bare(Path.Combine(folder, "bare-before"), options, time);
        var end = await NextHour(period, time) + period;
        await tally.Post("bench", options.Customers);
        var spare = end - time.GetUtcNow();
        Lines.Print(
            $"{records:N0} records of {options.Customers:N0} customers posted, {spare.TotalSeconds:N0} s to spare");
        if (spare < TimeSpan.Zero)
        {
            throw new InvalidOperationException("Posting took longer than a metering hour; ask for fewer customers.");
        }

        await Task.Delay(spare, time);
        Lines.Print($"{await tally.Delivered("warm"):N0} records delivered before, to warm up");
        var cpu = tally.CpuSeconds();
        var (first, last, cpuFirst) = await Watch(tally, records, end, time);
        Lines.Print($"sealed {first.TotalSeconds:N1} s after the hour, all delivered after {last.TotalSeconds:N1} s");
        var cpuLast = tally.CpuSeconds();
        Lines.Print($"CPU {(cpuLast - cpuFirst) / records * 1e6:N1} s a million records sending, ",
            $"{(cpuLast - cpu) / records * 1e6:N1} with sealing, difference {await tally.Difference("bench")}");
        bare = (bare + await Bare(Path.Combine(folder, "bare-after"), options, time)) / 2;
        var (sending, all) = (records / (last - first).TotalSeconds, records / last.TotalSeconds);
        Lines.Print($"bare loop {bare:N0} records/s; tally {sending:N0} sending ({sending / bare:N2}), ",
            $"{all:N0} with sealing ({all / bare:N2})");
    }

    /// <summary>
    /// Finds when the first record was delivered, and when all were, after the end of the hour, and how much of the
    /// CPU was used before the first.
    /// </summary>
    private static async Task<(TimeSpan First, TimeSpan Last, double CpuFirst)> Watch(
        DrainingTally tally, long records, DateTimeOffset end, TimeProvider time)
    {
        TimeSpan? first = null;
        var cpu = 0.0;
        while (true)
        {
            var delivered = await tally.Delivered("bench");
            var passed = time.GetUtcNow() - end;
            if (first is null && delivered > 0)
            {
                (first, cpu) = (passed, tally.CpuSeconds());
            }

            if (delivered >= records)
            {
                return (first!.Value, passed, cpu);
            }

            if (passed > Patience)
            {
                throw new InvalidOperationException($"Only {delivered} of {records} were delivered.");
            }

            await Task.Delay(Poll, time);
        }
    }

    /// <summary>Records a second of the client alone, with batches that are ready.</summary>
    private static async Task<double> Bare(string folder, IngestOptions options, TimeProvider time)
    {
        await using var process = await EmulatorProcess.Start(folder, time);
        await process.DeclareProduct();
        using var load = new MeteringLoad(process.Endpoint, time);
        await load.Run(CallsAtOnce, TimeSpan.FromSeconds(2));
        var (records, seconds) = await load.Run(CallsAtOnce, TimeSpan.FromSeconds(options.Seconds));
        return records / seconds;
    }
}
