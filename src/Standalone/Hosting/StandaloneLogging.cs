using Tally.Settings;
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
        ServiceLog.Configure(logging);
        if (!options.Serve)
        {
            logging.ClearProviders();
            logging.AddFilter("Tally", LogLevel.Warning);
            logging.AddProvider(warnings);
        }
    }
}
