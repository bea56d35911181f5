namespace Tally.Api.Program;

/// <summary>
/// How a process of the HTTP API runs. Each option can be given on the command line (<c>--drain-delay</c>), in the
/// environment (<c>TALLY_DRAIN_DELAY</c>) and in the configuration file (<c>"drainDelay"</c>), in this order of
/// precedence.
/// </summary>
public sealed record ApiSettings
{
    /// <summary>
    /// The connection string of the PostgreSQL database that the cluster shares, where the silos are found. No default:
    /// it has to be given.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>
    /// The address that the HTTP API listens on: <c>localhost</c> or an IP address; <c>0.0.0.0</c> for every
    /// interface. The default is <c>localhost</c>.
    /// </summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port of the HTTP API, 1 to 65,535. The default is 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>
    /// How long requests are still taken after <c>/health/ready</c> has begun to say no, so that a load balancer can
    /// notice; from zero to five minutes. The default is zero.
    /// </summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>
    /// The administrator's key of the default tenant, 16 to 255 characters, taken at the cluster's first start. The
    /// default is none: one is made and printed once.
    /// </summary>
    public string? AdminKey { get; init; }

    /// <summary>
    /// The cluster's name, 1 to 150 characters; processes of one name and database belong together. The default is
    /// <c>tally</c>.
    /// </summary>
    public string ClusterId { get; init; } = "tally";

    /// <summary>
    /// The name under which the silos keep their data, 1 to 150 characters. The default is <c>tally</c>.
    /// </summary>
    public string ServiceId { get; init; } = "tally";

    /// <summary>A JSON file with options. The default is none.</summary>
    public string? Config { get; init; }
}
