using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tally.Emulator.Admin;

namespace Tally.Emulator;

/// <summary>Reads the options of the program.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        usage: Tally.Emulator [--port N] [--host ADDRESS] [--data DIR] [--rules aws-2026|aws-2020]
                              [--period HH:MM:SS] [--products FILE] [--open-points FILE]
                              [--faults FILE|JSON] [--require-signature] [--access-key ID:SECRET[:ACCOUNT]]...
        """;

    /// <exception cref="FormatException">An option is unknown, or its value is not of the right form.</exception>
    /// <exception cref="IOException">A file that an option names can't be read.</exception>
    public static EmulatorOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        var keys = new List<AccessKey>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            if (name is "--require-signature")
            {
                options = options with { RequireSignature = true };
                continue;
            }

            if (++index == arguments.Count)
                throw new FormatException($"The option {name} is unknown or lacks its value.");
            if (name is "--access-key") keys.Add(AccessKeyOf(arguments[index]));
            else options = With(options, name, arguments[index]);
        }

        return keys.Count == 0 ? options : options with { AccessKeys = keys };
    }

    private static EmulatorOptions With(EmulatorOptions options, string name, string value) => name switch
    {
        "--port" => options with { Port = PortOf(value) },
        "--host" => options with { Host = value },
        "--data" => options with { DataDirectory = value },
        "--rules" => options with { Rules = RulesOf(value) },
        "--period" => options with { Period = PeriodOf(value) },
        "--open-points" => options with { OpenPoints = OpenPointsOf(value) },
        "--faults" => options with { Faults = FaultsOf(value) },
        "--products" => options with { Products = ProductsOf(value) },
        _ => throw new FormatException($"There is no option {name}."),
    };

    private static AccessKey AccessKeyOf(string value) => value.Split(':') switch
    {
        [var id, var secret] => new AccessKey { AccessKeyId = id, SecretAccessKey = secret },
        [var id, var secret, var account] => new AccessKey
        {
            AccessKeyId = id,
            SecretAccessKey = secret,
            AccountId = account,
        },
        // The value is a secret, and isn't repeated.
        _ => throw new FormatException("--access-key must be of the form ID:SECRET or ID:SECRET:ACCOUNT."),
    };

    private static int PortOf(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new FormatException($"--port {value} is no number.");

    private static AcceptanceRules RulesOf(string value) =>
        AcceptanceRules.Find(value) ?? throw new FormatException(
            $"--rules {value} is not one of {string.Join(", ", AcceptanceRules.All.Select(rules => rules.Name))}.");

    private static TimeSpan PeriodOf(string value) =>
        TimeSpan.TryParseExact(value, "c", CultureInfo.InvariantCulture, out var period)
            ? period
            : throw new FormatException($"--period {value} is not of the form 00:01:00.");

    private static Dictionary<string, ProductDeclaration> ProductsOf(string path) =>
        Read($"--products {path}", File.ReadAllText(path), AdminJson.Default.DictionaryStringProductDeclaration);

    private static OpenPoints OpenPointsOf(string path) =>
        Read($"--open-points {path}", File.ReadAllText(path), AdminJson.Default.OpenPoints);

    private static FaultPlan FaultsOf(string value) => Read(
        "--faults", value.TrimStart().StartsWith('{') ? value : File.ReadAllText(value), AdminJson.Default.FaultPlan);

    private static T Read<T>(string option, string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new FormatException($"{option}: null is not an object.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"{option}: {JsonMistake.Of(broken, type)}", broken);
        }
    }
}
