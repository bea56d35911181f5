using System.Text.Json;
using Tally.Bench.Load;

namespace Tally.Bench.Reports;

/// <summary>The numbers of a run, for people and for programs.</summary>
internal sealed class IngestReport(IngestOptions options, Dictionary<string, List<Span>> spans)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>A span in one line.</summary>
    public static string Line(Span span) =>
        $"{span.EventsPerSecond,10:N0} events/s   p50 {span.P50Milliseconds,6:N1} ms   "
        + $"p99 {span.P99Milliseconds,6:N1} ms   server {span.CpuPerMillion,5:N2} CPU s per million   "
        + $"load {span.LoadCpuShare,5:P0} of a CPU"
        + (span.Refused == 0 ? "" : $"   refused {span.Refused:N0} requests");

    /// <summary>Prints the table.</summary>
    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(
            $"{options.Events:N0} events a request, {options.Customers:N0} customers, "
            + $"{options.Connections} requests in flight, {options.Rounds} spans of {options.Seconds} s, "
            + $"{Environment.ProcessorCount} CPUs");
        Console.WriteLine("events/s           min     median        max    p50 ms   p99 ms   CPU s per million");
        foreach (var (name, measured) in spans)
        {
            Console.WriteLine(
                $"{name,-9} {measured.Min(Rate),12:N0} {Median(measured, Rate),10:N0} {measured.Max(Rate),10:N0} "
                + $"{Median(measured, span => span.P50Milliseconds),9:N1} "
                + $"{Median(measured, span => span.P99Milliseconds),8:N1} "
                + $"{Median(measured, Cpu),19:N2}");
        }

        foreach (var (name, ratio) in Ratios())
        {
            Console.WriteLine($"{name,-24} {ratio:N2}");
        }
    }

    /// <summary>Writes the JSON.</summary>
    public async Task Save()
    {
        var path = Path.GetFullPath(options.Output);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var ratios = Ratios().ToDictionary(ratio => ratio.Name, ratio => ratio.Value);
        var content = new { options, cpus = Environment.ProcessorCount, ratios, spans };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(content, Indented));
        Console.WriteLine($"numbers in {path}");
    }

    private static double Rate(Span span) => span.EventsPerSecond;

    private static double Cpu(Span span) => span.CpuPerMillion;

    private static double Median(List<Span> measured, Func<Span, double> number)
    {
        var sorted = measured.Select(number).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private IEnumerable<(string Name, double Value)> Ratios()
    {
        if (!spans.TryGetValue("tally", out var own))
        {
            yield break;
        }

        foreach (var (name, measured) in spans.Where(entry => entry.Value != own))
        {
            yield return ($"tally/{name}, events/s", Median(own, Rate) / Median(measured, Rate));
            yield return ($"tally/{name}, CPU", Median(own, Cpu) / Median(measured, Cpu));
        }
    }
}
