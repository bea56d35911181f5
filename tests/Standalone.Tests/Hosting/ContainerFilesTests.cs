using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tally.Api.Program;
using Tally.Silo.Program;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Hosting;

/// <summary>
/// What can be known of the container files without a container engine: that they start the programs that there are,
/// with options that these have.
/// </summary>
public sealed partial class ContainerFilesTests
{
    private static string Deploy => Path.Combine(Folder(), "..", "..", "..", "deploy");

    public static TheoryData<string, string> Programs => new()
    {
        { "Silo", SiloSettingsReader.Usage },
        { "Api", ApiSettingsReader.Usage },
        { "Standalone", OptionsReader.Usage },
        { "Emulator", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Containerfile_OfAProgram_PublishesAndStartsIt(string program, string usage)
    {
        var file = File.ReadAllText(Path.Combine(Deploy, "containers", $"{program}.Containerfile"));
        var project = Path.Combine(Deploy, "..", "src", program, $"{program}.csproj");
        Assert.True(File.Exists(project));
        Assert.Contains($"dotnet publish src/{program} ", file, StringComparison.Ordinal);
        Assert.Contains($"ENTRYPOINT [\"dotnet\", \"Tally.{program}.dll\"", file, StringComparison.Ordinal);
        Assert.Contains("USER $APP_UID", file, StringComparison.Ordinal);
        AssertOptions(file, usage);
    }

    [Fact]
    public void Compose_Variables_AreOptionsOfTheirPrograms()
    {
        var compose = File.ReadAllText(Path.Combine(Deploy, "compose.yaml"));
        var silo = compose[compose.IndexOf("x-silo:", StringComparison.Ordinal)..];
        silo = silo[..silo.IndexOf("services:", StringComparison.Ordinal)];
        var api = compose[compose.IndexOf("  api:", StringComparison.Ordinal)..];
        AssertOptions(silo, SiloSettingsReader.Usage);
        AssertOptions(api, ApiSettingsReader.Usage);
        foreach (Match file in ContainerFile().Matches(compose))
        {
            Assert.True(File.Exists(Path.Combine(Deploy, "..", file.Groups[1].Value)), file.Value);
        }
    }

    [GeneratedRegex("(TALLY_[A-Z_]+)[=:]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Variable();

    [GeneratedRegex("dockerfile: ([^ ]+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ContainerFile();

    private static void AssertOptions(string text, string usage)
    {
        foreach (var name in Variable().Matches(text).Select(match => match.Groups[1].Value))
        {
            var option = "--" + name["TALLY_".Length..].Replace('_', '-').ToLowerInvariant();
            var isKnown = usage.Contains(option, StringComparison.Ordinal)
                || usage.Contains(name, StringComparison.Ordinal);
            Assert.True(isKnown, name);
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
