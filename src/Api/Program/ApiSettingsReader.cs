using System.Net;
using Microsoft.Extensions.Configuration;
using Tally.Api.Hosting;
using Tally.Domain.Tenancy;
using Tally.Postgres;
using Tally.Settings;

namespace Tally.Api.Program;

/// <summary>Puts an API process's settings together, and finds everything that is wrong with them at once.</summary>
/// <param name="environment">Looks a variable of the environment up.</param>
/// <param name="readFile">Reads a file; throws <see cref="IOException"/> when it can't.</param>
public sealed class ApiSettingsReader(Func<string, string?> environment, Func<string, string> readFile)
{
    private const int NameLengthMax = 150;
    private static readonly TimeSpan DrainDelayMax = TimeSpan.FromMinutes(5);

    private static readonly SettingNames Names = new(
        [],
        ["postgres", "host", "port", "drain-delay", "admin-key", "cluster-id", "service-id", "config"],
        ["Api", "Logging"]);

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Usage =>
        """
        Usage: Tally.Api --postgres CONNECTION [options]

          --postgres CONNECTION  the PostgreSQL database that the cluster shares
          --host ADDRESS         address of the HTTP API (default localhost; 0.0.0.0 for every interface)
          --port N               port of the HTTP API (default 8080)
          --drain-delay HH:MM:SS how long requests are taken after /health/ready says no (default 00:00:00)
          --cluster-id NAME      processes of one name belong together (default tally)
          --service-id NAME      name under which the silos keep their data (default tally)
          --config FILE          JSON file with the same options, e.g. {"port": 8081}
          --help                 this text

        Each option can also be given in the environment: TALLY_POSTGRES=..., TALLY_PORT=8081.
        TALLY_ADMIN_KEY sets the administrator's key at the first start.
        """;

    /// <summary>Puts together what is given, the stronger source before the weaker, and judges it.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The settings, and what is wrong; they mean nothing when anything is.</returns>
    public (ApiSettings Settings, IReadOnlyList<string> Errors) Read(IReadOnlyList<string> arguments)
    {
        var given = new SettingsReader(Names, environment, readFile);
        var config = given.Open(arguments);
        var defaults = new ApiSettings();
        var settings = new ApiSettings
        {
            Postgres = given.Find("postgres"),
            Host = given.Find("host") ?? defaults.Host,
            Port = given.Port("port", defaults.Port),
            DrainDelay = given.Time("drain-delay") ?? defaults.DrainDelay,
            AdminKey = given.Find("admin-key"),
            ClusterId = given.Find("cluster-id") ?? defaults.ClusterId,
            ServiceId = given.Find("service-id") ?? defaults.ServiceId,
            Config = config,
        };
        return (settings, [.. given.Errors, .. Check(settings)]);
    }

    /// <summary>Reads the sections once to find what is wrong with them.</summary>
    /// <param name="settings">How the process runs.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    internal static IReadOnlyList<string> CheckSections(ApiSettings settings)
    {
        var (section, api) = (Section(SettingsFile.Open(settings.Config)), new TallyApiOptions());
        List<string> errors = [.. section.Set(api)];
        errors.AddRange(section.Failures(new TallyApiOptionsValidator().Validate(name: null, api).Failures));
        return errors;
    }

    /// <summary>The limits of the HTTP API.</summary>
    /// <param name="sections">The sections of environment and file.</param>
    /// <returns>The section that sets them.</returns>
    internal static SettingsSection Section(IConfiguration sections) => new(sections, "Api");

    private static IEnumerable<string> Check(ApiSettings settings)
    {
        if (PostgresConnection.FindTrouble(settings.Postgres) is { } trouble)
        {
            yield return trouble;
        }

        if (settings.Host != "localhost" && !IPAddress.TryParse(settings.Host, out _))
        {
            yield return $"host is '{settings.Host}'; it must be localhost or an IP address.";
        }

        if (settings.DrainDelay < TimeSpan.Zero || settings.DrainDelay > DrainDelayMax)
        {
            yield return $"drain-delay is {settings.DrainDelay}; it must be between 00:00:00 and 00:05:00.";
        }

        if (settings.AdminKey?.Length is < ApiKeySecret.LengthMin or > ApiKeySecret.LengthMax)
        {
            yield return "TALLY_ADMIN_KEY must have 16 to 255 characters.";
        }

        if (settings.ClusterId.Length > NameLengthMax || settings.ServiceId.Length > NameLengthMax)
        {
            yield return "cluster-id and service-id have at most 150 characters.";
        }
    }
}
