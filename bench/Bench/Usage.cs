namespace Tally.Bench;

/// <summary>What a person reads who names no benchmark.</summary>
internal static class Usage
{
    /// <summary>The benchmarks and their options.</summary>
    public const string Text =
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

        Usage: dotnet run -c Release --project bench/Bench -- scale [--customers N] [--seconds N] [--rounds N]

          What an event costs in a cluster on PostgreSQL with 1, 2 and 4 silos, hour after hour, and with more
          customers, from 1,000 to N, at most 1,000,000.

        Usage: dotnet run -c Release --project bench/Bench -- memory [--customers N]

          What a customer takes of memory while its actor is active, and when it rests.

        Usage: dotnet run -c Release --project bench/Bench -- azure-journal [--seconds N] [--rounds N] [--connections N]

          The usage journal in Azure Storage: append blobs beside tables, row by row, and the journal itself. It needs
          Azurite, blobs and tables, on its usual ports, or an account in AZURE_STORAGE_CONNECTION_STRING.
        """;
}
