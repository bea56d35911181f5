using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>Says much where somebody reads a log, and little where somebody watches a screen.</summary>
internal static class StandaloneLogging
{
    /// <summary>Sets logging up.</summary>
    /// <param name="logging">What to set up.</param>
    /// <param name="options">How the platform runs.</param>
    /// <param name="warnings">Where the screen finds warnings.</param>
    public static void Configure(ILoggingBuilder logging, StandaloneOptions options, RecentWarnings warnings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Tally", options.Serve ? LogLevel.Information : LogLevel.Warning);

        // Orleans warns of garbage collector settings that suit larger machines, and of its own start-up pauses.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

        // A start that fails is reported in one sentence by whoever asked for it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (options.Serve)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            });
        }
        else
        {
            logging.AddProvider(warnings);
        }
    }
}
