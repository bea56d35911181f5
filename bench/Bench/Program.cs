using Tally.Bench;
using Tally.Bench.AzureStorage;
using Tally.Bench.Draining;
using Tally.Bench.Emulation;
using Tally.Bench.Rivals;

const string usage =
    """
    Usage: dotnet run -c Release --project bench/Bench -- ingest [options]

      --seconds N        length of a measured span (default 8)
      --rounds N         measured spans per contender, interleaved (default 3)
      --customers N      customers that the events spread over (default 10000)
      --events N         events in a request (default 1000)
      --connections N    requests in flight (default 32)
      --contender NAME   all, tally, limit or postgres (default all)
      --data DIR         where the servers keep their files while it runs (default the system's folder for such)
      --output FILE      the numbers as JSON (default artifacts/bench.json)

    Usage: dotnet run -c Release --project bench/Bench -- emulator [--seconds N] [--rounds N] [--connections N]

      Usage records a second that the emulator takes from an AWS client, and how soon it answers after its start.

    Usage: dotnet run -c Release --project bench/Bench -- drain [--customers N] [--seconds N]

      Usage records a second that the platform delivers once all customers' hours are sealed, beside a bare loop of
      the same client (for N seconds); then how much of AWS's quota three products use that drain at once.
      --contender tally or limit: only the first, or only the second.

    Usage: dotnet run -c Release --project bench/Bench -- azure-journal [--seconds N] [--rounds N] [--connections N]

      The usage journal in Azure Storage: append blobs beside tables, row by row, and the journal itself. It needs
      Azurite, blobs and tables, on its usual ports, or an account in AZURE_STORAGE_CONNECTION_STRING.
    """;

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
    case "azure-journal":
        return await Measure(AzureJournalBenchmark.Run);
    default:
        Console.WriteLine(usage);
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
