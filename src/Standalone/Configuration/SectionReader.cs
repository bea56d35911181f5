using Tally.Api.Hosting;
using Tally.Grains.Hosting;
using Tally.Journal.Sqlite;
using Tally.Settings;

namespace Tally.Standalone.Configuration;

/// <summary>
/// Reads the sections <c>Tally</c>, <c>Api</c> and <c>Store</c> of environment and configuration file, which set the
/// parts that the platform is made of, and finds everything that is wrong with them at once.
/// </summary>
/// <param name="options">How the platform runs.</param>
/// <param name="configuration">The sections.</param>
internal sealed class SectionReader(StandaloneOptions options, IConfiguration configuration)
{
    /// <summary>The sections that a configuration file may have; the last is .NET's own.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Tally", "Api", "Store", "Logging"];

    /// <summary>Opens the environment and the file that the options name; the environment counts more.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>The reader.</returns>
    public static SectionReader Open(StandaloneOptions options) => new(options, SettingsFile.Open(options.Config));

    /// <summary>How the actors meter and deliver.</summary>
    /// <param name="tally">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(TallyOptions tally) => options.Metering.Set(tally, Section("Tally"));

    /// <summary>The limits of the HTTP API.</summary>
    /// <param name="api">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(TallyApiOptions api) => Section("Api").Set(api);

    /// <summary>How the data are kept.</summary>
    /// <param name="store">What to set.</param>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<string> Set(SqliteStoreOptions store)
    {
        store.Path = Path.Combine(options.Data, "tally.db");
        return Section("Store").Set(store);
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
        errors.AddRange(Section("Tally").Failures(new TallyOptionsValidator().Validate(name: null, tally).Failures));
        errors.AddRange(Section("Api").Failures(new TallyApiOptionsValidator().Validate(name: null, api).Failures));
        errors.AddRange(Section("Store").Validate(store));
        return errors;
    }

    private SettingsSection Section(string name) => new(configuration, name);
}
