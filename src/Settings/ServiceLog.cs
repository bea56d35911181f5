using Microsoft.Extensions.Logging;

namespace Tally.Settings;

/// <summary>How a program that runs as a service says what it does: a line each, with the time in UTC.</summary>
public static class ServiceLog
{
    /// <summary>Sets logging up; a configuration's section <c>Logging</c> may say more.</summary>
    /// <param name="logging">What to set up.</param>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Tally", LogLevel.Information);

        // Orleans warns of garbage collector settings that suit larger machines, and of its own start-up pauses.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

        // What fails there is said by the store, with what it means.
        logging.AddFilter("Orleans.Storage.AdoNetGrainStorage", LogLevel.None);
        logging.AddFilter("Polly", LogLevel.None);

        // A start that fails is reported in one sentence by whoever asked for it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
    }
}
