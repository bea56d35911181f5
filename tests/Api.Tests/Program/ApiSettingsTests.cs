using System.Globalization;
using System.Runtime.CompilerServices;
using Tally.Api.Program;

namespace Tally.Api.Tests.Program;

public sealed class ApiSettingsTests
{
    private const string Postgres = "--postgres=Host=db;Database=tally";

    public static TheoryData<string, string> OneError => new()
    {
        { "--postgres=", "postgres is missing; it must be the connection string of the cluster's database." },
        { "--postgres=db", "postgres is no connection string, such as Host=db;Database=tally;Username=tally." },
        { "--postgres=Color=red", "postgres is no connection string, such as Host=db;Database=tally;Username=tally." },
        { "--host=api-1", "host is 'api-1'; it must be localhost or an IP address." },
        { "--port=0", "port is '0'; it must be a port, 1 to 65535." },
        { "--drain-delay=00:05:01", "drain-delay is 00:05:01; it must be between 00:00:00 and 00:05:00." },
        { "--admin-key=short", "TALLY_ADMIN_KEY must have 16 to 255 characters." },
        { "--cluster-id=" + new string('c', 151), "cluster-id and service-id have at most 150 characters." },
    };

    [Theory]
    [MemberData(nameof(OneError))]
    public void Read_OneThingWrong_IsSaidInOneSentence(string argument, string error) =>
        Assert.Equal([error], Read(Postgres, argument).Errors);

    [Fact]
    public void Read_TheLineThatOtherProgramsRelyOn_IsUnderstood()
    {
        var (settings, errors) = Read("--postgres", "Host=db", "--port", "8081");
        Assert.Empty(errors);
        Assert.Equal(("Host=db", 8_081), (settings.Postgres, settings.Port));
    }

    [Fact]
    public void Read_Environment_IsUnderstood()
    {
        var environment = new Dictionary<string, string> { ["TALLY_POSTGRES"] = "Host=db", ["TALLY_PORT"] = "5" };
        var (settings, errors) = new ApiSettingsReader(environment.GetValueOrDefault, File.ReadAllText).Read([]);
        Assert.Empty(errors);
        Assert.Equal(("Host=db", 5), (settings.Postgres, settings.Port));
    }

    [Fact]
    public void Page_Options_AreThoseThatThereAre()
    {
        var page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "cluster.md"));
        var part = page[page.IndexOf("## Options of the HTTP API", StringComparison.Ordinal)..];
        part = part[..part.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var defaults = new ApiSettings();
        foreach (var property in typeof(ApiSettings).GetProperties().Where(property => property.CanWrite))
        {
            var name = Kebab(property.Name);
            var value = property.GetValue(defaults) switch
            {
                null => "none",
                false => "`false`",
                var other => string.Create(CultureInfo.InvariantCulture, $"`{other}`"),
            };
            Assert.Contains($"| `{name}` | {value} |", part, StringComparison.Ordinal);
            var spelling = name == "admin-key" ? "TALLY_ADMIN_KEY" : $"--{name} ";
            Assert.Contains(spelling, ApiSettingsReader.Usage, StringComparison.Ordinal);
        }
    }

    private static (ApiSettings Settings, IReadOnlyList<string> Errors) Read(params string[] arguments) =>
        new ApiSettingsReader(_ => null, File.ReadAllText).Read(arguments);

    private static string Kebab(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
