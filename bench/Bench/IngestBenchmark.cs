using Tally.Bench.Contenders;
using Tally.Bench.Load;
using Tally.Bench.Reports;

namespace Tally.Bench;

/// <summary>Measures all contenders in turns, on the same machine and within the same minutes.</summary>
internal sealed class IngestBenchmark(IngestOptions options)
{
    // .NET compiles what runs often once more, and better: nobody is measured before that.
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    // Nobody is measured while customers are seen for the first time: that happens once, and is not what load is.
    private const int EventsPerCustomerFirst = 20;
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code: 0 when everything was counted as it was acknowledged.</returns>
    public async Task<int> Run()
    {
        var folder = Path.Combine(options.Data, $"tally-bench-{Environment.ProcessId}");
        _ = Directory.CreateDirectory(folder);
        var contenders = Choose(folder);
        try
        {
            foreach (var contender in contenders)
            {
                await contender.Start(options, _time);
            }

            var spans = await MeasureInTurns(contenders);
            var report = new IngestReport(options, spans);
            report.Print();
            var correct = await Verify(contenders);
            await report.Save();
            return correct ? 0 : 1;
        }
        finally
        {
            foreach (var contender in contenders)
            {
                await contender.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private List<Contender> Choose(string folder)
    {
        var chosen = new List<Contender>();
        if (options.Contender is "all" or "limit")
        {
            chosen.Add(new LimitContender(Path.Combine(folder, "limit")));
        }

        if (options.Contender is "all" or "postgres")
        {
            if (PostgresCluster.IsInstalled)
            {
                chosen.Add(new PostgresContender(Path.Combine(folder, "postgres")));
            }
            else
            {
                Console.WriteLine("PostgreSQL 15 is not installed here: measured without it.");
            }
        }

        if (options.Contender is "all" or "tally")
        {
            chosen.Add(new TallyContender(Path.Combine(folder, "tally")));
        }

        return chosen;
    }

    private async Task<Dictionary<string, List<Span>>> MeasureInTurns(List<Contender> contenders)
    {
        var spans = contenders.ToDictionary(contender => contender.Name, _ => new List<Span>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var span = await contender.Load.Measure(
                    round == 1 ? FirstWarmUp : WarmUp,
                    (long)EventsPerCustomerFirst * options.Customers,
                    contender.CpuSeconds);
                spans[contender.Name].Add(span);
                Console.WriteLine($"round {round}  {contender.Name,-9} {IngestReport.Line(span)}");
            }
        }

        return spans;
    }

    private static async Task<bool> Verify(List<Contender> contenders)
    {
        Console.WriteLine();
        foreach (var contender in contenders)
        {
            var (first, again) = await contender.Load.SendTwice();
            Console.WriteLine(
                $"{contender.Name}: a request: {first.Accepted} new; the same again: {again.Accepted} new, "
                + $"{again.Duplicates} known");
        }

        if (contenders.OfType<TallyContender>().SingleOrDefault() is not { } tally)
        {
            return true;
        }

        var (accepted, difference) = await BenchProduct.Reconcile(tally.Client);
        Console.WriteLine(
            $"tally: acknowledged {tally.Load.Acknowledged:N0}, counted {accepted:N0}, difference {difference}");
        return accepted == tally.Load.Acknowledged && difference == 0;
    }
}
