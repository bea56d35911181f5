using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>One option with its default and two other values, for tests that go over all of them.</summary>
internal sealed record OptionCase(
    string Name,
    Func<StandaloneOptions, object?> Get,
    object? Default,
    (string Text, object? Value) First,
    (string Text, object? Value) Second)
{
    public static IReadOnlyList<OptionCase> All { get; } =
    [
        Switch("serve", options => options.Serve),
        Switch("agent", options => options.Agent),
        Text("product", options => options.Product, null, "prod-1", "prod-2"),
        Text("dimensions", options => options.Dimensions, null, "cpu", "cpu,gpu"),
        Text("public-key", options => options.PublicKey, null, "key.pem", "none"),
        new("public-key-version", options => options.PublicKeyVersion, 1, ("2", 2), ("70", 70)),
        Text("data", options => options.Data, "tally-data", "one", "two"),
        Text("host", options => options.Host, "localhost", "0.0.0.0", "::1"),
        new("port", options => options.Port, 8080, ("1", 1), ("65535", 65_535)),
        new("emulator-port", options => options.EmulatorPort, 8090, ("2", 2), ("9000", 9_000)),
        Switch("no-emulator", options => options.NoEmulator),
        Switch("no-auto-listing", options => options.NoAutoListing),
        new("period", options => options.Period, null, Seconds("00:00:10", 10), Seconds("01:00:00", 3_600)),
        new("seal-delay", options => options.SealDelay, null, Seconds("00:00:00", 0), Seconds("06:00:00", 21_600)),
        new(
            "marketplace-endpoint",
            options => options.MarketplaceEndpoint,
            null,
            ("http://one.example/", new Uri("http://one.example/")),
            ("https://two.example/path", new Uri("https://two.example/path"))),
        Text("region", options => options.Region, null, "eu-west-1", "us-east-1"),
        Text("admin-key", options => options.AdminKey, null, "sixteen-letters!", "another-sixteen!"),
        Text("config", options => options.Config, null, Given.FileName, Given.FileName),
    ];

    public string Variable => "TALLY_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The name as the file has it, for example <c>sealDelay</c>.</summary>
    public string Member
    {
        get
        {
            var words = Name.Split('-');
            return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        }
    }

    private static OptionCase Switch(string name, Func<StandaloneOptions, object?> get) =>
        new(name, get, Default: false, ("true", true), ("false", false));

    private static OptionCase Text(
        string name,
        Func<StandaloneOptions, object?> get,
        string? otherwise,
        params string[] values) => new(name, get, otherwise, (values[0], values[0]), (values[1], values[1]));

    private static (string Text, object? Value) Seconds(string text, int seconds) =>
        (text, TimeSpan.FromSeconds(seconds));
}
