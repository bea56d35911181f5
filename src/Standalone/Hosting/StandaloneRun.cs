using System.Net.Sockets;
using Amazon.AWSMarketplaceMetering;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tally.Emulator;
using Tally.Grains.Hosting;
using Tally.Journal;
using Tally.Journal.Sqlite;
using Tally.Silo.Metering;
using Tally.Standalone.Agent;
using Tally.Standalone.Configuration;
using Tally.Standalone.Demo;
using Tally.Standalone.LiveView;

namespace Tally.Standalone.Hosting;

/// <summary>Starts everything in its order, runs until it is told to stop, and stops in the opposite order.</summary>
internal static class StandaloneRun
{
    /// <summary>The exit code of a clean stop.</summary>
    public const int Success = 0;

    /// <summary>The exit code when something that is needed is not to be had, such as a port.</summary>
    public const int CannotStart = 1;

    /// <summary>The exit code when the options are wrong, or don't fit the data.</summary>
    public const int WrongOptions = 2;

    /// <summary>Runs.</summary>
    /// <param name="options">How.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> Run(StandaloneOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
            Ports.Check(options);
            await CheckData(options);
            await using var emulator = options.UsesEmulator ? await StartEmulator(options) : null;
            using var marketplace = CreateClient(options, emulator?.Endpoint);
            var keys = options.Agent ? await AgentKey.Find(options, emulator) : null;
            var warnings = new RecentWarnings();
            await using var app = StandaloneHost.Build(
                options,
                new(marketplace, emulator?.Endpoint ?? options.MarketplaceEndpoint, keys),
                logging => StandaloneLogging.Configure(logging, options, warnings));
            await app.StartAsync();
            await RunStarted(app, options, emulator, warnings);
            return Success;
        }
        catch (OptionsValidationException exception)
        {
            return Fail(exception.Message, WrongOptions);
        }
        catch (JournalException exception)
        {
            return Fail(exception.Message, WrongOptions);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException
            or UnauthorizedAccessException)
        {
            return Fail(exception.Message, CannotStart);
        }
    }

    /// <summary>Refuses data that were written with another metering period, before anything touches them.</summary>
    private static async Task CheckData(StandaloneOptions options)
    {
        await using var database = new SqliteDatabase(
            SectionReader.Open(options).Store(), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        database.EnsureMeta("period", $"{options.EffectivePeriod}");
    }

    /// <summary>The emulator takes an access key of twelve digits for the account of a buyer.</summary>
    private static IAmazonAWSMarketplaceMetering CreateClient(StandaloneOptions options, Uri? emulator)
    {
        const string Buyer = "210987654321";
        var endpoint = emulator ?? options.MarketplaceEndpoint;
        var standIn = emulator is not null && options.Agent
            ? Buyer
            : MarketplaceClients.StandInFor(endpoint, Environment.GetEnvironmentVariable);
        return MarketplaceClients.Create(endpoint, options.Region, standIn);
    }

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }

    /// <summary>Starts the emulator that stands in for AWS, by the rules that the platform delivers by.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>The emulator, which accepts calls.</returns>
    internal static async Task<MarketplaceEmulator> StartEmulator(StandaloneOptions options)
    {
        if (options.EffectivePeriod < TimeSpan.FromHours(1))
        {
            Console.WriteLine(
                $"The emulator deduplicates by {options.EffectivePeriod} instead of AWS's hour, like the platform.");
        }

        // What is wrong with the section is said when the platform itself is built.
        var tally = new TallyOptions();
        _ = SectionReader.Open(options).Set(tally);
        return await MarketplaceEmulator.StartAsync(new()
        {
            Port = options.EmulatorPort,
            DataDirectory = options.Data,
            Period = options.EffectivePeriod,
            Rules = AcceptanceRules.Find(tally.Rules) ?? AcceptanceRules.Aws2026,
        });
    }

    private static async Task RunStarted(
        WebApplication app,
        StandaloneOptions options,
        MarketplaceEmulator? emulator,
        RecentWarnings warnings)
    {
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var work = new List<Task>();
        if (emulator is not null && !options.NoAutoListing)
        {
            var logger = app.Services.GetRequiredService<ILogger<EmulatorListing>>();
            work.Add(new EmulatorListing(grains, emulator, logger).Run(stopping));
        }

        var api = new Uri($"http://{(options.Host == "0.0.0.0" ? "localhost" : options.Host)}:{options.Port}");
        if (options.Serve)
        {
            Console.WriteLine($"Tally serves at {api}, API reference at {api}docs.");
        }
        else
        {
            var offer = options.Agent
                ? DemoOffer.Deployed(AgentOptions.ProductOf(options), AgentSetup.Config(options))
                : DemoOffer.Services;
            var demo = new DemoTraffic(grains, api, emulator, offer);
            await demo.Prepare(stopping);
            work.Add(demo.Run(stopping));
            work.Add(LiveScreen.Run(new(grains, options, api, emulator?.Endpoint), warnings, stopping));
        }

        await app.WaitForShutdownAsync(CancellationToken.None);
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.WriteLine("Stopped; started again with the same data it goes on where it was.");
    }
}
