using System.Net;
using Microsoft.Extensions.Configuration;
using Tally.Grains.Hosting;
using Tally.Postgres;
using Tally.Settings;
using Tally.Silo.Postgres;

namespace Tally.Silo.Program;

/// <summary>Puts a silo's settings together, and finds everything that is wrong with them at once.</summary>
/// <param name="environment">Looks a variable of the environment up.</param>
/// <param name="readFile">Reads a file; throws <see cref="IOException"/> when it can't.</param>
public sealed class SiloSettingsReader(Func<string, string?> environment, Func<string, string> readFile)
{
    private const int NameLengthMax = 150;

    private static readonly SettingNames Names = new(
        ["no-migrate"],
        [
            "postgres", "silo-port", "gateway-port", "host", "health-port", "period", "seal-delay",
            "marketplace-endpoint", "region", "cluster-id", "service-id", "config",
        ],
        ["Tally", "Store", "Logging"]);

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Usage =>
        """
        Usage: Tally.Silo [migrate] --postgres CONNECTION [options]

          migrate                     bring the database to the schema, and end
          --postgres CONNECTION       the PostgreSQL database that the cluster shares
          --silo-port N               port for other silos (default 11111)
          --gateway-port N            port for the HTTP API's processes (default 30000)
          --host ADDRESS              IP address by which others reach this silo (default: the machine's own)
          --health-port N             port for /health/live and /health/ready (default: none)
          --period HH:MM:SS           metering period (default 01:00:00)
          --seal-delay HH:MM:SS       how long an hour stays open after it (default 00:05:00)
          --marketplace-endpoint URL  send calls of the metering service there instead of to AWS
          --region NAME               AWS region
          --cluster-id NAME           processes of one name belong together (default tally)
          --service-id NAME           name under which data are kept (default tally)
          --no-migrate                refuse to start when the database has another schema
          --config FILE               JSON file with the same options, e.g. {"siloPort": 11112}
          --help                      this text

        Each option can also be given in the environment: TALLY_POSTGRES=..., TALLY_SILO_PORT=11112, TALLY_PERIOD=...
        """;

    /// <summary>Puts together what is given, the stronger source before the weaker, and judges it.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The settings, and what is wrong; they mean nothing when anything is.</returns>
    public (SiloSettings Settings, IReadOnlyList<string> Errors) Read(IReadOnlyList<string> arguments)
    {
        var given = new SettingsReader(Names, environment, readFile);
        var config = given.Open(arguments);
        var defaults = new SiloSettings();
        var settings = new SiloSettings
        {
            Postgres = given.Find("postgres"),
            SiloPort = given.Port("silo-port", defaults.SiloPort),
            GatewayPort = given.Port("gateway-port", defaults.GatewayPort),
            Host = given.Find("host"),
            HealthPort = given.Port("health-port"),
            Period = given.Time("period") ?? defaults.Period,
            SealDelay = given.Time("seal-delay") ?? defaults.SealDelay,
            MarketplaceEndpoint = given.Address("marketplace-endpoint"),
            Region = given.Find("region") ?? environment("AWS_REGION"),
            ClusterId = given.Find("cluster-id") ?? defaults.ClusterId,
            ServiceId = given.Find("service-id") ?? defaults.ServiceId,
            NoMigrate = given.Flag("no-migrate"),
            Config = config,
        };
        return (settings, [.. given.Errors, .. Check(settings)]);
    }

    /// <summary>How the actors meter and deliver.</summary>
    /// <param name="settings">How the silo runs.</param>
    /// <param name="sections">The sections of environment and file.</param>
    /// <param name="tally">What to set.</param>
    /// <returns>What is wrong.</returns>
    internal static IReadOnlyList<string> Set(SiloSettings settings, IConfiguration sections, TallyOptions tally) =>
        settings.Metering.Set(tally, new(sections, "Tally"));

    /// <summary>How the data are kept.</summary>
    /// <param name="settings">How the silo runs.</param>
    /// <param name="sections">The sections of environment and file.</param>
    /// <returns>The store's options, and what is wrong.</returns>
    internal static (PostgresStoreOptions Store, IReadOnlyList<string> Errors) Store(
        SiloSettings settings, IConfiguration sections)
    {
        var store = new PostgresStoreOptions
        {
            ConnectionString = settings.Postgres ?? "",
            ClusterId = settings.ClusterId,
            ServiceId = settings.ServiceId,
            Migrate = !settings.NoMigrate,
        };
        var section = new SettingsSection(sections, "Store");
        return (store, [.. section.Set(store.Journal), .. section.Validate(store.Journal)]);
    }

    /// <summary>Reads the sections once to find what is wrong with them.</summary>
    /// <param name="settings">How the silo runs.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    internal static IReadOnlyList<string> CheckSections(SiloSettings settings)
    {
        var (sections, tally) = (SettingsFile.Open(settings.Config), new TallyOptions());
        List<string> errors = [.. Set(settings, sections, tally), .. Store(settings, sections).Errors];
        errors.AddRange(new SettingsSection(sections, "Tally")
            .Failures(new TallyOptionsValidator().Validate(name: null, tally).Failures));
        return errors;
    }

    private static IEnumerable<string> Check(SiloSettings settings)
    {
        if (PostgresConnection.FindTrouble(settings.Postgres) is { } trouble)
        {
            yield return trouble;
        }

        if (settings.Host is not null && !IPAddress.TryParse(settings.Host, out _))
        {
            yield return $"host is '{settings.Host}'; it must be an IP address.";
        }

        var ports = new[] { settings.SiloPort, settings.GatewayPort, settings.HealthPort ?? 0 };
        if (ports.Distinct().Count() < ports.Length)
        {
            yield return "silo-port, gateway-port and health-port must differ.";
        }

        if (settings.ClusterId.Length > NameLengthMax || settings.ServiceId.Length > NameLengthMax)
        {
            yield return "cluster-id and service-id have at most 150 characters.";
        }

        foreach (var error in settings.Metering.Check())
        {
            yield return error;
        }
    }
}
