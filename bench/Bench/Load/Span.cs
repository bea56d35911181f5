namespace Tally.Bench.Load;

/// <summary>What one measured span gave.</summary>
internal sealed record Span
{
    /// <summary>Events acknowledged within the span, per second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Events acknowledged within the span.</summary>
    public required long Events { get; init; }

    /// <summary>Requests that were refused, or not accepted as a whole.</summary>
    public required long Refused { get; init; }

    /// <summary>Half of the requests took at most this, in milliseconds.</summary>
    public required double P50Milliseconds { get; init; }

    /// <summary>All but one percent of the requests took at most this, in milliseconds.</summary>
    public required double P99Milliseconds { get; init; }

    /// <summary>The length of the span in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processor seconds that the server's processes had within the span.</summary>
    public double ServerCpuSeconds { get; init; }

    /// <summary>Processor seconds that the load generator had within the span.</summary>
    public double LoadCpuSeconds { get; init; }

    /// <summary>Processor seconds of the server per million events.</summary>
    public double CpuPerMillion => Events == 0 ? 0 : ServerCpuSeconds / Events * 1_000_000;

    /// <summary>The load generator's part of one processor.</summary>
    public double LoadCpuShare => LoadCpuSeconds / Seconds;

    /// <summary>Adds a span's requests up.</summary>
    public static Span Of(List<TimeSpan> latencies, int eventsPerRequest, TimeSpan length, long refused)
    {
        latencies.Sort();
        var events = (long)latencies.Count * eventsPerRequest;
        return new Span
        {
            EventsPerSecond = events / length.TotalSeconds,
            Events = events,
            Refused = refused,
            P50Milliseconds = Percentile(latencies, 0.50),
            P99Milliseconds = Percentile(latencies, 0.99),
            Seconds = length.TotalSeconds,
        };
    }

    private static double Percentile(List<TimeSpan> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling((sorted.Count - 1) * part)].TotalMilliseconds;
}
