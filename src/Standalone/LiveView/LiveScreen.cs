using Spectre.Console;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.LiveView;

/// <summary>Shows what is going on: as a table that changes, or as lines where nobody watches a terminal.</summary>
internal static class LiveScreen
{
    private static readonly TimeSpan TableInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Shows it until it is told to stop.</summary>
    /// <param name="sources">Where to find what is shown.</param>
    /// <param name="warnings">The last warnings.</param>
    /// <param name="stopping">Says when to stop.</param>
    /// <returns>A task that ends with it.</returns>
    public static async Task Run(LiveSources sources, RecentWarnings warnings, CancellationToken stopping)
    {
        if (!Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
        {
            await AnsiConsole.Live(new Text("")).StartAsync(live => RunTable(live, sources, warnings, stopping));
        }
        else
        {
            await RunPlain(sources, warnings, stopping);
        }
    }

    private static async Task RunTable(
        LiveDisplayContext live,
        LiveSources sources,
        RecentWarnings warnings,
        CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TableInterval, TimeProvider.System);
        do
        {
            var lines = await sources.Read();
            live.UpdateTarget(LiveTable.Draw(lines, sources, warnings.Lines, TimeProvider.System.GetUtcNow()));
            live.Refresh();
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private static async Task RunPlain(LiveSources sources, RecentWarnings warnings, CancellationToken stopping)
    {
        foreach (var address in LiveTable.AddressLines(sources))
        {
            Console.WriteLine(address);
        }

        using var timer = new PeriodicTimer(PlainInterval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            foreach (var line in await sources.Read())
            {
                Console.WriteLine(LiveTable.Plain(line, TimeProvider.System.GetUtcNow()));
            }

            foreach (var warning in warnings.Lines)
            {
                Console.WriteLine($"warning: {warning}");
            }
        }
    }
}
