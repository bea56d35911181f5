using System.Globalization;

namespace Tally.Bench;

/// <summary>What the command line says about a run.</summary>
internal sealed record IngestOptions
{
    /// <summary>Length of a measured span in seconds, 1 to 3,600.</summary>
    public int Seconds { get; init; } = 8;

    /// <summary>Measured spans per contender, 1 to 100.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Customers that the events spread over, 1 to 1,000,000.</summary>
    public int Customers { get; init; } = 10_000;

    /// <summary>Events in a request, 1 to 50,000.</summary>
    public int Events { get; init; } = 1_000;

    /// <summary>Requests in flight, 1 to 1,024.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>The only contender to measure, or <c>all</c>.</summary>
    public string Contender { get; init; } = "all";

    /// <summary>Folder under which the servers' files are made, and deleted afterwards.</summary>
    public string Data { get; init; } = Path.GetTempPath();

    /// <summary>The file for the numbers as JSON.</summary>
    public string Output { get; init; } = Path.Combine("artifacts", "bench.json");

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    public static (IngestOptions Options, string? Error) Read(ReadOnlySpan<string> arguments)
    {
        var options = new IngestOptions();
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var name = arguments[index];
            if (index + 1 == arguments.Length)
            {
                return (options, $"{name} needs a value");
            }

            if (options.With(name, arguments[index + 1]) is not { } next)
            {
                return (options, $"{name} {arguments[index + 1]}: no such option, or out of range");
            }

            options = next;
        }

        return (options, null);
    }

    private IngestOptions? With(string name, string value) =>
        name switch
        {
            "--contender" when value is "all" or "tally" or "limit" or "postgres" => this with { Contender = value },
            "--data" => this with { Data = Path.GetFullPath(value) },
            "--output" => this with { Output = value },
            "--seconds" => Number(value, 3_600) is { } number ? this with { Seconds = number } : null,
            "--rounds" => Number(value, 100) is { } number ? this with { Rounds = number } : null,
            "--customers" => Number(value, 1_000_000) is { } number ? this with { Customers = number } : null,
            "--events" => Number(value, 50_000) is { } number ? this with { Events = number } : null,
            "--connections" => Number(value, 1_024) is { } number ? this with { Connections = number } : null,
            _ => null,
        };

    private static int? Number(string value, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= max ? number : null;
}
