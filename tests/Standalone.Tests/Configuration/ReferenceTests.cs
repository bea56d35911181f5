using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Tally.Api.Hosting;
using Tally.Grains.Hosting;
using Tally.Journal.Sqlite;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>The page of the configuration names every option with the default that it has, and no other.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string[] SetOutside = [nameof(TallyOptions.Period), nameof(TallyOptions.SealDelay)];

    [Fact]
    public void Options_OfThePage_AreThoseThatThereAre()
    {
        var (demonstration, serving) = (new StandaloneOptions(), new StandaloneOptions { Serve = true });
        var expected = Defaults(demonstration).ToDictionary(pair => Kebab(pair.Key), pair => pair.Value);
        expected["period"] = $"`{demonstration.EffectivePeriod}`, with `serve` `{serving.EffectivePeriod}`";
        expected["seal-delay"] = $"`{demonstration.EffectiveSealDelay}`, with `serve` `{serving.EffectiveSealDelay}`";
        AssertSame(expected, "## Options");
    }

    [Fact]
    public void Tally_OfThePage_IsWhatThereIs() => AssertSame(
        Defaults(new TallyOptions()).Where(pair => !SetOutside.Contains(pair.Key)).ToDictionary(), "### Tally");

    [Fact]
    public void Api_OfThePage_IsWhatThereIs() => AssertSame(Defaults(new TallyApiOptions()), "### Api");

    [Fact]
    public void Store_OfThePage_IsWhatThereIs()
    {
        var expected = Defaults(new SqliteStoreOptions());
        var options = new StandaloneOptions();
        var path = new SectionReader(options, new ConfigurationBuilder().Build()).Store().Path;
        Assert.Equal(options.Data, Path.GetDirectoryName(path));
        expected["Path"] = $"`{Path.GetFileName(path)}` in the folder `data`";
        AssertSame(expected, "### Store");
    }

    [Fact]
    public void Usage_OfTheProgram_NamesEveryOptionOfTheCommandLine()
    {
        var named = OptionName().Matches(OptionsReader.Usage).Select(match => match.Groups[1].Value).ToHashSet();
        var options = OptionCase.All.Select(option => option.Name).Where(name => name != "admin-key").Append("help");
        Assert.Superset(options.ToHashSet(), named);
        Assert.Contains("TALLY_ADMIN_KEY", OptionsReader.Usage, StringComparison.Ordinal);
    }

    [GeneratedRegex("--([a-z-]+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^\| `([^`]+)` \| ([^|]+) \| [^|]+ \|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Row();

    private static void AssertSame(Dictionary<string, string> expected, string heading)
    {
        var page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "configuration.md"));
        var start = page.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no part '{heading}'.");
        var end = page.IndexOf("\n#", start + heading.Length, StringComparison.Ordinal);
        var documented = Row().Matches(page[start..end])
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        Assert.Equal(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            documented.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Defaults(object options) => options.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.CanWrite)
        .ToDictionary(property => property.Name, property => property.GetValue(options) switch
        {
            null => "none",
            bool flag => flag ? "`true`" : "`false`",
            var value => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
        });

    private static string Kebab(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
