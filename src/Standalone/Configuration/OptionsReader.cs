using Tally.Settings;

namespace Tally.Standalone.Configuration;

/// <summary>
/// Puts the options together from command line, environment and file, and finds everything that is wrong with them at
/// once.
/// </summary>
/// <param name="environment">Looks a variable of the environment up.</param>
/// <param name="readFile">Reads a file; throws <see cref="IOException"/> when it can't.</param>
public sealed class OptionsReader(Func<string, string?> environment, Func<string, string> readFile)
{
    private static readonly string[] Switches = ["serve", "agent", "no-emulator", "no-auto-listing"];

    private static readonly string[] Values =
    [
        "product", "dimensions", "public-key", "public-key-version",
        "data", "host", "port", "emulator-port", "period", "seal-delay", "marketplace-endpoint", "region", "admin-key",
        "config",
    ];

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Usage =>
        """
        Usage: ./run.sh [options]

          --serve                     real use: no sample traffic, metering period of one hour
          --agent                     run in a buyer's account: one product, delivered by MeterUsage
          --product CODE              product code of the agent's product (default container-demo)
          --dimensions A,B            dimensions of the agent's product (default requests,gb_processed)
          --public-key FILE           public key by which the agent's registration is verified; none for an AMI
          --public-key-version N      version of that key (default 1)
          --data DIR                  folder for all data (default ./tally-data)
          --host ADDRESS              address of the HTTP API (default localhost)
          --port N                    port of the HTTP API (default 8080)
          --emulator-port N           port of the AWS Marketplace emulator (default 8090)
          --period HH:MM:SS           metering period (default 00:01:00, with --serve 01:00:00)
          --seal-delay HH:MM:SS       how long an hour stays open after it (default 00:00:05, with --serve 00:05:00)
          --no-emulator               do not start the emulator; usage goes to AWS
          --no-auto-listing           do not declare products to the emulator as open to all
          --marketplace-endpoint URL  send calls of the metering service there
          --region NAME               AWS region
          --config FILE               JSON file with the same options, e.g. {"port": 8081, "sealDelay": "00:00:10"}
          --help                      this text

        Each option can also be given in the environment: TALLY_PORT=8081, TALLY_SERVE=true, TALLY_SEAL_DELAY=00:00:10.
        TALLY_ADMIN_KEY sets the administrator's key at the first start.
        """;

    /// <summary>Puts together what is given, the stronger source before the weaker, and judges it.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The options, and what is wrong; they mean nothing when anything is.</returns>
    public (StandaloneOptions Options, IReadOnlyList<string> Errors) Read(IReadOnlyList<string> arguments)
    {
        var given = new SettingsReader(new(Switches, Values, SectionReader.Names), environment, readFile);
        var config = given.Open(arguments);
        var defaults = new StandaloneOptions();
        var options = new StandaloneOptions
        {
            Serve = given.Flag("serve"),
            Agent = given.Flag("agent"),
            Product = given.Find("product"),
            Dimensions = given.Find("dimensions"),
            PublicKey = given.Find("public-key"),
            PublicKeyVersion = given.Count("public-key-version", defaults.PublicKeyVersion),
            Data = given.Find("data") ?? defaults.Data,
            Host = given.Find("host") ?? defaults.Host,
            Port = given.Port("port", defaults.Port),
            EmulatorPort = given.Port("emulator-port", defaults.EmulatorPort),
            NoEmulator = given.Flag("no-emulator"),
            NoAutoListing = given.Flag("no-auto-listing"),
            Period = given.Time("period"),
            SealDelay = given.Time("seal-delay"),
            MarketplaceEndpoint = given.Address("marketplace-endpoint"),
            Region = given.Find("region") ?? environment("AWS_REGION"),
            AdminKey = given.Find("admin-key"),
            Config = config,
        };
        return (options, [.. given.Errors, .. StandaloneRules.Check(options)]);
    }
}
