using System.Globalization;
using System.Text.Json;

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

    private readonly List<string> _errors = [];
    private readonly Dictionary<string, string> _given = [];
    private readonly Dictionary<string, string> _file = [];

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
        ReadArguments(arguments);
        var config = Find("config");
        if (config is not null)
        {
            ReadFile(config);
        }

        var defaults = new StandaloneOptions();
        var options = new StandaloneOptions
        {
            Serve = Flag("serve"),
            Agent = Flag("agent"),
            Product = Find("product"),
            Dimensions = Find("dimensions"),
            PublicKey = Find("public-key"),
            PublicKeyVersion = Version("public-key-version", defaults.PublicKeyVersion),
            Data = Find("data") ?? defaults.Data,
            Host = Find("host") ?? defaults.Host,
            Port = Port("port", defaults.Port),
            EmulatorPort = Port("emulator-port", defaults.EmulatorPort),
            NoEmulator = Flag("no-emulator"),
            NoAutoListing = Flag("no-auto-listing"),
            Period = Time("period"),
            SealDelay = Time("seal-delay"),
            MarketplaceEndpoint = Address("marketplace-endpoint"),
            Region = Find("region") ?? environment("AWS_REGION"),
            AdminKey = Find("admin-key"),
            Config = config,
        };
        _errors.AddRange(StandaloneRules.Check(options));
        return (options, _errors);
    }

    private void ReadArguments(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = arguments[index].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (arguments[index], (string?)null);
            name = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : "";
            if (Switches.Contains(name))
            {
                _given[name] = value ?? "true";
            }
            else if (!Values.Contains(name))
            {
                _errors.Add($"'{arguments[index]}' is not an option; --help lists them.");
            }
            else if (value is null && index + 1 == arguments.Count)
            {
                _errors.Add($"--{name} needs a value.");
            }
            else
            {
                _given[name] = value ?? arguments[++index];
            }
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(readFile(path));
            foreach (var member in document.RootElement.EnumerateObject())
            {
                Take(path, member);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException)
        {
            _errors.Add($"The configuration file {path} can't be read: {exception.Message}");
        }
    }

    private void Take(string path, JsonProperty member)
    {
        var name = Kebab(member.Name);
        var isSection = SectionReader.Names.Contains(member.Name, StringComparer.OrdinalIgnoreCase);
        if (member.Value.ValueKind == JsonValueKind.Object && isSection)
        {
            return;
        }

        if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            || (!Switches.Contains(name) && !Values.Contains(name)))
        {
            _errors.Add($"{path}: '{member.Name}' is not an option.");
        }
        else if (!_file.TryAdd(name, member.Value.ToString()))
        {
            _errors.Add($"{path}: '{member.Name}' is there twice.");
        }
    }

    private string? Find(string name)
    {
        var variable = "TALLY_" + name.Replace('-', '_').ToUpperInvariant();
        return _given.GetValueOrDefault(name)
            ?? (environment(variable) is { Length: > 0 } value ? value : null)
            ?? _file.GetValueOrDefault(name);
    }

    private bool Flag(string name)
    {
        var text = Find(name);
        switch (text?.ToUpperInvariant())
        {
            case null or "FALSE" or "0" or "NO":
                return false;
            case "TRUE" or "1" or "YES":
                return true;
            default:
                _errors.Add($"{name} is '{text}'; it must be true or false.");
                return false;
        }
    }

    private int Port(string name, int otherwise)
    {
        var text = Find(name);
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65_536)
        {
            return port;
        }

        _errors.Add($"{name} is '{text}'; it must be a port, 1 to 65535.");
        return otherwise;
    }

    private int Version(string name, int otherwise)
    {
        var text = Find(name);
        if (text is null)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
        {
            return version;
        }

        _errors.Add($"{name} is '{text}'; it must be a whole number from 1.");
        return otherwise;
    }

    private TimeSpan? Time(string name)
    {
        var text = Find(name);
        if (text is null)
        {
            return null;
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        _errors.Add($"{name} is '{text}'; it must be a time like 00:00:05.");
        return null;
    }

    private Uri? Address(string name)
    {
        var text = Find(name);
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
        {
            return address;
        }

        _errors.Add($"{name} is '{text}'; it must be an http or https address.");
        return null;
    }

    private static string Kebab(string name) => string.Concat(
        name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
