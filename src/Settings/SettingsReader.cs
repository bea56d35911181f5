using System.Globalization;
using System.Text.Json;

namespace Tally.Settings;

/// <summary>
/// Reads what a program is told on its command line (<c>--seal-delay</c>), in its environment
/// (<c>TALLY_SEAL_DELAY</c>) and in its configuration file (<c>"sealDelay"</c>), the former before the latter, and
/// finds everything that is wrong with it at once.
/// </summary>
/// <param name="names">What there is to be told.</param>
/// <param name="environment">Looks a variable of the environment up.</param>
/// <param name="readFile">Reads a file; throws <see cref="IOException"/> when it can't.</param>
public sealed class SettingsReader(
    SettingNames names, Func<string, string?> environment, Func<string, string> readFile)
{
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, string> _given = [];
    private readonly Dictionary<string, string> _file = [];

    /// <summary>What is wrong so far, one sentence each.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads the command line and the configuration file, when one is named anywhere.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The file's path; null for none.</returns>
    public string? Open(IReadOnlyList<string> arguments)
    {
        ReadArguments(arguments);
        var config = Find("config");
        if (config is not null)
        {
            ReadFile(config);
        }

        return config;
    }

    /// <summary>Finds a text.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>What the strongest place says; null when none says anything.</returns>
    public string? Find(string name)
    {
        var variable = "TALLY_" + name.Replace('-', '_').ToUpperInvariant();
        return _given.GetValueOrDefault(name)
            ?? (environment(variable) is { Length: > 0 } value ? value : null)
            ?? _file.GetValueOrDefault(name);
    }

    /// <summary>Finds a switch.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it is on.</returns>
    public bool Flag(string name)
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

    /// <summary>Finds a port, 1 to 65,535.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is when nobody says.</param>
    /// <returns>The port.</returns>
    public int Port(string name, int otherwise) =>
        Number(name, (1, 65_535), "a port, 1 to 65535") ?? otherwise;

    /// <summary>Finds a port that need not be there.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The port; null for none.</returns>
    public int? Port(string name) => Number(name, (1, 65_535), "a port, 1 to 65535");

    /// <summary>Finds a whole number from 1.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is when nobody says.</param>
    /// <returns>The number.</returns>
    public int Count(string name, int otherwise) =>
        Number(name, (1, int.MaxValue), "a whole number from 1") ?? otherwise;

    /// <summary>Finds a time, such as <c>00:00:05</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The time; null when nobody says.</returns>
    public TimeSpan? Time(string name)
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

    /// <summary>Finds an http or https address.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The address; null when nobody says.</returns>
    public Uri? Address(string name)
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

    private int? Number(string name, (int Least, int Most) range, string kind)
    {
        var text = Find(name);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= range.Least
            && number <= range.Most)
        {
            return number;
        }

        _errors.Add($"{name} is '{text}'; it must be {kind}.");
        return null;
    }

    private void ReadArguments(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = arguments[index].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (arguments[index], (string?)null);
            name = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : "";
            if (names.Switches.Contains(name))
            {
                _given[name] = value ?? "true";
            }
            else if (!names.Values.Contains(name))
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
        var isSection = names.Sections.Contains(member.Name, StringComparer.OrdinalIgnoreCase);
        if (member.Value.ValueKind == JsonValueKind.Object && isSection)
        {
            return;
        }

        if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            || (!names.Switches.Contains(name) && !names.Values.Contains(name)))
        {
            _errors.Add($"{path}: '{member.Name}' is not an option.");
        }
        else if (!_file.TryAdd(name, member.Value.ToString()))
        {
            _errors.Add($"{path}: '{member.Name}' is there twice.");
        }
    }

    private static string Kebab(string name) => string.Concat(
        name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
