using Tally.Silo.Metering;

namespace Tally.Standalone.Configuration;

/// <summary>
/// How the one-process platform runs. Each option can be given on the command line (<c>--seal-delay</c>), in the
/// environment (<c>TALLY_SEAL_DELAY</c>) and in the configuration file (<c>"sealDelay"</c>), in this order of
/// precedence.
/// </summary>
public sealed record StandaloneOptions
{
    /// <summary>
    /// Real use: no sample traffic, and a metering period of one hour. The default is false: a demonstration.
    /// </summary>
    public bool Serve { get; init; }

    /// <summary>
    /// To run inside a buyer's account, for the container or AMI that is sold: one product, delivered by MeterUsage.
    /// The default is false.
    /// </summary>
    public bool Agent { get; init; }

    /// <summary>
    /// The product code of the agent's product. The default is none: with the emulator <c>container-demo</c>, else it
    /// has to be given.
    /// </summary>
    public string? Product { get; init; }

    /// <summary>
    /// The dimensions of the agent's product, names with commas between them; the product is made with them at the
    /// first start, each the sum of its events. The default is none: with the emulator <c>requests,gb_processed</c>,
    /// else it has to be given.
    /// </summary>
    public string? Dimensions { get; init; }

    /// <summary>
    /// The file with the public key that AWS Marketplace gave out for the agent's product, by which RegisterUsage's
    /// answer is verified; <c>none</c> for an AMI, which isn't registered. The default is none: with the emulator its
    /// own key, else it has to be given.
    /// </summary>
    public string? PublicKey { get; init; }

    /// <summary>The version of that public key, from 1. The default is 1.</summary>
    public int PublicKeyVersion { get; init; } = 1;

    /// <summary>The folder for all data, which is made if need be. The default is <c>./tally-data</c>.</summary>
    public string Data { get; init; } = "tally-data";

    /// <summary>
    /// The address that the HTTP API listens on: <c>localhost</c> or an IP address; <c>0.0.0.0</c> for every
    /// interface. The default is <c>localhost</c>.
    /// </summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port of the HTTP API, 1 to 65,535. The default is 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The port of the built-in emulator of AWS Marketplace, 1 to 65,535. The default is 8090.</summary>
    public int EmulatorPort { get; init; } = 8090;

    /// <summary>
    /// Not to start the emulator. The default is false, or true when a marketplace endpoint is given. Without
    /// emulator and endpoint, usage goes to AWS.
    /// </summary>
    public bool NoEmulator { get; init; }

    /// <summary>
    /// Not to declare products to the emulator as open to all customers. The default is false.
    /// </summary>
    public bool NoAutoListing { get; init; }

    /// <summary>
    /// How long a metering hour is, whole seconds that divide an hour evenly; against AWS one hour and nothing else.
    /// The default is one minute, with <see cref="Serve"/> one hour.
    /// </summary>
    public TimeSpan? Period { get; init; }

    /// <summary>
    /// How long an hour stays open after its end, from zero to six hours. The default is 5 seconds, with
    /// <see cref="Serve"/> 5 minutes.
    /// </summary>
    public TimeSpan? SealDelay { get; init; }

    /// <summary>
    /// Where calls of the metering service go instead of AWS, an http or https address. The default is the emulator.
    /// </summary>
    public Uri? MarketplaceEndpoint { get; init; }

    /// <summary>The AWS region. The default is that of AWS's own configuration, else us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// The administrator's key of the default tenant, 16 to 255 characters, taken at the first start. The default is
    /// none: one is made and printed once.
    /// </summary>
    public string? AdminKey { get; init; }

    /// <summary>A JSON file with options. The default is none.</summary>
    public string? Config { get; init; }

    /// <summary>The metering period that holds.</summary>
    public TimeSpan EffectivePeriod => Period ?? (Serve ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1));

    /// <summary>The seal delay that holds.</summary>
    public TimeSpan EffectiveSealDelay => SealDelay ?? (Serve ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(5));

    /// <summary>Whether the built-in emulator runs.</summary>
    public bool UsesEmulator => !NoEmulator && MarketplaceEndpoint is null;

    /// <summary>Whether usage goes to AWS itself, with real money behind it.</summary>
    public bool UsesAws => !UsesEmulator && (MarketplaceEndpoint is null || AwsEndpoints.IsAws(MarketplaceEndpoint));

    /// <summary>How usage is metered.</summary>
    public MeteringSettings Metering => new(EffectivePeriod, EffectiveSealDelay, UsesAws);
}
