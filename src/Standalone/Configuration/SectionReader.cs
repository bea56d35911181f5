using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Tally.Api.Hosting;
using Tally.Grains.Hosting;
using Tally.Journal.Sqlite;

namespace Tally.Standalone.Configuration;

/// <summary>
/// Reads the sections <c>Tally</c>, <c>Api</c> and <c>Store</c> of environment and configuration file, which set the
/// parts that the platform is made of, and finds everything that is wrong with them at once.
/// </summary>
/// <param name="options">How the platform runs.</param>
/// <param name="configuration">The sections.</param>
internal sealed class SectionReader(StandaloneOptions options, IConfiguration configuration)
{
    private static readonly TimeSpan FlushIntervalMax = TimeSpan.FromSeconds(5);

    /// <summary>The sections that a configuration file may have; the last is .NET's own.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Tally", "Api", "Store", "Logging"];

    /// <summary>Opens the environment and the file that the options name; the environment counts more.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>The reader.</returns>
    public static SectionReader Open(StandaloneOptions options)
    {
        var builder = new ConfigurationBuilder();
        if (options.Config is { } file)
        {
            builder.AddJsonFile(Path.GetFullPath(file));
        }

        return new(options, builder.AddEnvironmentVariables().Build());
    }

    /// <summary>How the actors meter and deliver.</summary>
    /// <param name="tally">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(TallyOptions tally)
    {
        // A short period is watched more closely, so that a demonstration doesn't wait.
        var tenth = options.EffectivePeriod / 10;
        tally.FlushInterval = tenth < FlushIntervalMax ? tenth : FlushIntervalMax;
        var errors = Set("Tally", tally, ("Period", "period"), ("SealDelay", "sealDelay"));
        tally.Period = options.EffectivePeriod;
        tally.SealDelay = options.EffectiveSealDelay;
        return errors;
    }

    /// <summary>The limits of the HTTP API.</summary>
    /// <param name="api">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(TallyApiOptions api) => Set("Api", api);

    /// <summary>How the data are kept.</summary>
    /// <param name="store">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(SqliteStoreOptions store)
    {
        store.Path = Path.Combine(options.Data, "tally.db");
        return Set("Store", store);
    }

    /// <summary>How the data are kept.</summary>
    /// <returns>The store's options.</returns>
    public SqliteStoreOptions Store()
    {
        var store = new SqliteStoreOptions();
        Set(store);
        return store;
    }

    /// <summary>Reads everything once to find what is wrong.</summary>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IReadOnlyList<string> Check()
    {
        var (tally, api, store) = (new TallyOptions(), new TallyApiOptions(), new SqliteStoreOptions());
        List<string> errors = [.. Set(tally), .. Set(api), .. Set(store)];
        errors.AddRange(Failures("Tally", new TallyOptionsValidator().Validate(name: null, tally).Failures));
        errors.AddRange(Failures("Api", new TallyApiOptionsValidator().Validate(name: null, api).Failures));
        var invalid = new List<ValidationResult>();
        Validator.TryValidateObject(store, new ValidationContext(store), invalid, validateAllProperties: true);
        errors.AddRange(Failures("Store", invalid.Select(result => result.ErrorMessage ?? "")));
        return errors;
    }

    private static IEnumerable<string> Failures(string section, IEnumerable<string>? failures) =>
        (failures ?? []).Select(failure => $"{section}: {failure}");

    private List<string> Set(string section, object target, params (string Name, string Instead)[] elsewhere)
    {
        var errors = new List<string>();
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            var property = target.GetType().GetProperty(
                child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                errors.Add($"{section}: '{child.Key}' is not an option.");
            }
            else if (Array.Find(elsewhere, option => option.Name == property.Name) is { Instead: { } instead })
            {
                errors.Add($"{section}: {property.Name} is set with the option {instead}, outside of any section.");
            }
            else if (Parse(property.PropertyType, child.Value) is { } value)
            {
                property.SetValue(target, value);
            }
            else
            {
                var kind = KindOf(property.PropertyType);
                errors.Add($"{section}: {property.Name} is '{child.Value}'; it must be {kind}.");
            }
        }

        return errors;
    }

    private static object? Parse(Type type, string? text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var count) ? count : null,
            _ when type == typeof(long) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null,
            _ when type == typeof(TimeSpan) => TimeSpan.TryParseExact(text, "c", culture, out var time) ? time : null,
            _ => throw new NotSupportedException($"Options of the type {type} can't be read."),
        };
    }

    private static string KindOf(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time like 00:00:05",
        _ when type == typeof(string) => "a text",
        _ => "a whole number in its range",
    };
}
