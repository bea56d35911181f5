using System.Globalization;
using System.Runtime.CompilerServices;
using Tally.Silo.Program;

namespace Tally.Silo.Tests.Program;

public sealed class SiloSettingsTests
{
    private const string Postgres = "--postgres=Host=db;Database=tally";

    public static TheoryData<string, string> OneError => new()
    {
        { "--postgres=", "postgres is missing; it must be the connection string of the cluster's database." },
        { "--postgres=db", "postgres is no connection string, such as Host=db;Database=tally;Username=tally." },
        { "--postgres=Color=red", "postgres is no connection string, such as Host=db;Database=tally;Username=tally." },
        { "--host=silo-1", "host is 'silo-1'; it must be an IP address." },
        { "--silo-port=30000", "silo-port, gateway-port and health-port must differ." },
        { "--health-port=11111", "silo-port, gateway-port and health-port must differ." },
        { "--health-port=0", "health-port is '0'; it must be a port, 1 to 65535." },
        { "--seal-delay=07:00:00", "seal-delay is 07:00:00; it must be between 00:00:00 and 06:00:00." },
        { "--cluster-id=" + new string('c', 151), "cluster-id and service-id have at most 150 characters." },
        {
            "--period=00:01:00",
            "period is 00:01:00, but AWS Marketplace meters by the hour and keeps only the first quantity of each: "
            + "against AWS the period must be 01:00:00."
        },
    };

    [Theory]
    [MemberData(nameof(OneError))]
    public void Read_OneThingWrong_IsSaidInOneSentence(string argument, string error) =>
        Assert.Equal([error], Read(Postgres, argument).Errors);

    [Fact]
    public void Read_TheLineThatOtherProgramsRelyOn_IsUnderstood()
    {
        var (settings, errors) = Read(
            "--postgres", "Host=db", "--silo-port", "11112", "--gateway-port", "30001",
            "--marketplace-endpoint", "http://localhost:8090", "--period", "00:01:00", "--seal-delay", "00:00:05");

        Assert.Empty(errors);
        Assert.Equal(("Host=db", 11_112, 30_001), (settings.Postgres, settings.SiloPort, settings.GatewayPort));
        Assert.Equal(new Uri("http://localhost:8090"), settings.MarketplaceEndpoint);
        Assert.Equal((60, 5), (settings.Period.TotalSeconds, settings.SealDelay.TotalSeconds));
    }

    [Fact]
    public void Read_Environment_IsUnderstood()
    {
        var environment = new Dictionary<string, string> { ["TALLY_POSTGRES"] = "Host=db", ["TALLY_SILO_PORT"] = "5" };
        var (settings, errors) = new SiloSettingsReader(environment.GetValueOrDefault, File.ReadAllText).Read([]);
        Assert.Empty(errors);
        Assert.Equal(("Host=db", 5), (settings.Postgres, settings.SiloPort));
    }

    [Fact]
    public void Page_Options_AreThoseThatThereAre()
    {
        var page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "cluster.md"));
        var part = page[page.IndexOf("## Options of a silo", StringComparison.Ordinal)..];
        part = part[..part.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var defaults = new SiloSettings();
        foreach (var property in typeof(SiloSettings).GetProperties().Where(property => property.CanWrite))
        {
            var name = Kebab(property.Name);
            var value = property.GetValue(defaults) switch
            {
                null => "none",
                false => "`false`",
                var other => string.Create(CultureInfo.InvariantCulture, $"`{other}`"),
            };
            Assert.Contains($"| `{name}` | {value} |", part, StringComparison.Ordinal);
            Assert.Contains($"--{name} ", SiloSettingsReader.Usage, StringComparison.Ordinal);
        }
    }

    private static (SiloSettings Settings, IReadOnlyList<string> Errors) Read(params string[] arguments) =>
        new SiloSettingsReader(_ => null, File.ReadAllText).Read(arguments);

    private static string Kebab(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
