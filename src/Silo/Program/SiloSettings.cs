using Tally.Silo.Metering;

namespace Tally.Silo.Program;

/// <summary>
/// How a member of the cluster runs. Each option can be given on the command line (<c>--silo-port</c>), in the
/// environment (<c>TALLY_SILO_PORT</c>) and in the configuration file (<c>"siloPort"</c>), in this order of
/// precedence.
/// </summary>
public sealed record SiloSettings
{
    /// <summary>
    /// The connection string of the PostgreSQL database that the cluster shares, for example
    /// <c>Host=db;Database=tally;Username=tally;Password=…</c>. No default: it has to be given.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>The port for other silos, 1 to 65,535. The default is 11111.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The port for the HTTP API's processes, 1 to 65,535. The default is 30000.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>
    /// The IP address by which other processes reach this one; it listens on all. The default is none: the machine's
    /// own address.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>
    /// The port for <c>/health/live</c> and <c>/health/ready</c>, on every interface. The default is none: no answers.
    /// </summary>
    public int? HealthPort { get; init; }

    /// <summary>
    /// How long a metering hour is, whole seconds that divide an hour evenly; against AWS one hour and nothing else.
    /// The same for all silos, and fixed with the first start. The default is one hour.
    /// </summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long an hour stays open after its end, from zero to six hours. The default is 5 minutes.
    /// </summary>
    public TimeSpan SealDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where calls of the metering service go instead of AWS, an http or https address. The default is none: AWS.
    /// </summary>
    public Uri? MarketplaceEndpoint { get; init; }

    /// <summary>The AWS region. The default is that of AWS's own configuration, else us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// The cluster's name, 1 to 150 characters; processes of one name and database belong together. The default is
    /// <c>tally</c>.
    /// </summary>
    public string ClusterId { get; init; } = "tally";

    /// <summary>
    /// The name under which data are kept, 1 to 150 characters; never changed. The default is <c>tally</c>.
    /// </summary>
    public string ServiceId { get; init; } = "tally";

    /// <summary>
    /// Not to bring the database to the schema at the start, but to refuse to start with another one. The default is
    /// false.
    /// </summary>
    public bool NoMigrate { get; init; }

    /// <summary>A JSON file with options. The default is none.</summary>
    public string? Config { get; init; }

    /// <summary>How usage is metered.</summary>
    public MeteringSettings Metering => new(
        Period, SealDelay, MarketplaceEndpoint is null || AwsEndpoints.IsAws(MarketplaceEndpoint));
}
