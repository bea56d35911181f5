using Tally.Bench;
using Tally.Bench.AzureStorage;
using Tally.Bench.Draining;
using Tally.Bench.Emulation;
using Tally.Bench.Rivals;
using Tally.Bench.Scaling;

switch (args.FirstOrDefault())
{
    case "serve-limit":
        return await RivalServer.RunLimit(args);
    case "serve-postgres":
        return await RivalServer.RunPostgres(args);
    case "ingest":
        var (options, error) = IngestOptions.Read(args.AsSpan(1));
        if (error is null)
        {
            return await new IngestBenchmark(options).Run();
        }

        await Console.Error.WriteLineAsync(error);
        return 2;
    case "emulator":
        return await Measure(EmulatorBenchmark.Run);
    case "drain":
        return await Measure(DrainBenchmark.Run);
    case "scale":
        return await Measure(ScaleBenchmark.Run);
    case "memory":
        return await Measure(MemoryBenchmark.Run);
    case "azure-journal":
        return await Measure(AzureJournalBenchmark.Run);
    default:
        Console.WriteLine(Usage.Text);
        return 2;
}

async Task<int> Measure(Func<IngestOptions, TimeProvider, Task> benchmark)
{
    var (run, wrong) = IngestOptions.Read(args.AsSpan(1));
    if (wrong is null)
    {
        await benchmark(run, TimeProvider.System);
        return 0;
    }

    await Console.Error.WriteLineAsync(wrong);
    return 2;
}
