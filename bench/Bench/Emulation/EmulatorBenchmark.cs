using System.Globalization;

namespace Tally.Bench.Emulation;

/// <summary>Measures the emulator: how soon it answers, and how many usage records a second it takes.</summary>
internal static class EmulatorBenchmark
{
    private const int Starts = 5;

    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(IngestOptions options, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("emulator-bench-").FullName;
        try
        {
            var starts = new List<double>();
            for (var start = 0; start < Starts; start++)
            {
                await using var process = await EmulatorProcess.Start(Path.Combine(folder, $"start-{start}"), time);
                starts.Add(process.StartTime.TotalMilliseconds);
            }

            starts.Sort();
            Print($"start to first answer: median {starts[Starts / 2]:N0} ms, max {starts[^1]:N0} ms of {Starts}");
            await Measure("memory", Path.Combine(folder, "memory"), options, time);
            await Measure("sqlite", Path.Combine(folder, "sqlite"), options, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(string state, string folder, IngestOptions options, TimeProvider time)
    {
        var data = state is "sqlite" ? Path.Combine(folder, "data") : null;
        await using var process = await EmulatorProcess.Start(folder, time, data);
        await process.DeclareProduct();
        using var meters = new MeteringLoad(process.Endpoint, time);
        await meters.Run(options.Connections, TimeSpan.FromSeconds(options.Seconds));
        for (var round = 0; round < options.Rounds; round++)
        {
            var (records, seconds) = await meters.Run(options.Connections, TimeSpan.FromSeconds(options.Seconds));
            Print($"{state}: {records / seconds:N0} records/s ({records:N0} in {seconds:N1} s)");
        }
    }

    private static void Print(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
