using System.Reflection;
using System.Text.Json;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>Command line before environment before file before default, for every option.</summary>
public sealed class PrecedenceTests
{
    private const string EmptyFile = "{}";

    public static TheoryData<string> Names => [.. OptionCase.All.Select(option => option.Name)];

    /// <summary>The file is not named in itself.</summary>
    public static TheoryData<string> NamesInFile => [.. Names.Select(row => row.Data).Where(name => name != "config")];

    [Fact]
    public void Cases_OfAllOptions_AreThere()
    {
        var properties = typeof(StandaloneOptions).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite)
            .Select(property => property.Name);
        var members = OptionCase.All.Select(
            option => char.ToUpperInvariant(option.Member[0]) + option.Member[1..]);
        Assert.Equal(properties.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_NothingGiven_IsTheDefault(string name)
    {
        var option = Find(name);
        Assert.Equal(option.Default, option.Get(new Given().Options()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CommandLineAndEnvironment_CommandLineCounts(string name)
    {
        var option = Find(name);
        foreach (var (strong, weak) in BothWays(option))
        {
            var environment = new Dictionary<string, string> { [option.Variable] = weak.Text };
            var apart = new Given($"--{name}={strong.Text}") { Environment = environment, File = EmptyFile };
            Assert.Equal(strong.Value, option.Get(apart.Read().Options));
        }
    }

    [Theory]
    [MemberData(nameof(NamesInFile))]
    public void Read_EnvironmentAndFile_EnvironmentCounts(string name)
    {
        var option = Find(name);
        foreach (var (strong, weak) in BothWays(option))
        {
            var given = new Given
            {
                Environment = new() { [option.Variable] = strong.Text },
                File = FileWith(option, weak.Text),
            };
            Assert.Equal(strong.Value, option.Get(given.Read().Options));
        }
    }

    [Theory]
    [MemberData(nameof(NamesInFile))]
    public void Read_FileAndDefault_FileCounts(string name)
    {
        var option = Find(name);
        foreach (var (value, _) in BothWays(option))
        {
            var given = new Given { File = FileWith(option, value.Text) };
            Assert.Equal(value.Value, option.Get(given.Read().Options));
        }
    }

    [Theory]
    [MemberData(nameof(NamesInFile))]
    public void Read_EmptyVariable_IsNotGiven(string name)
    {
        var option = Find(name);
        var given = new Given
        {
            Environment = new() { [option.Variable] = "" },
            File = FileWith(option, option.First.Text),
        };
        Assert.Equal(option.First.Value, option.Get(given.Read().Options));
    }

    [Theory]
    [MemberData(nameof(NamesInFile))]
    public void Read_ValueAsNextArgument_IsTakenUnlessItIsASwitch(string name)
    {
        var option = Find(name);
        if (option.Default is false)
        {
            Assert.Equal(true, option.Get(new Given($"--{name}").Read().Options));
            var errors = new Given($"--{name}", "false").Errors();
            Assert.Contains("'false' is not an option; --help lists them.", errors);
        }
        else
        {
            Assert.Equal(option.First.Value, option.Get(new Given($"--{name}", option.First.Text).Read().Options));
        }
    }

    [Fact]
    public void Read_OptionTwice_LastOneCounts() =>
        Assert.Equal(82, new Given("--port", "81", "--port=82").Options().Port);

    [Fact]
    public void Read_ValueWithEqualsSign_IsKeptWhole() => Assert.Equal("a=b", new Given("--data=a=b").Options().Data);

    [Fact]
    public void Read_FileNamedInTheEnvironment_IsRead()
    {
        var reader = new OptionsReader(
            name => name == "TALLY_CONFIG" ? "/etc/tally.json" : null,
            path => path == "/etc/tally.json" ? """{"port": 81}""" : throw new FileNotFoundException(path));
        Assert.Equal(81, reader.Read([]).Options.Port);
    }

    [Fact]
    public void Read_RegionOfAws_IsTakenWhenTallyHasNone()
    {
        var aws = new Dictionary<string, string> { ["AWS_REGION"] = "eu-north-1" };
        Assert.Equal("eu-north-1", new Given { Environment = aws }.Options().Region);
        Assert.Equal("us-east-1", new Given("--region=us-east-1") { Environment = aws }.Options().Region);
        var file = new Given { Environment = aws, File = """{"region": "us-east-2"}""" };
        Assert.Equal("us-east-2", file.Options().Region);
    }

    [Fact]
    public void Read_NumbersAndTruthValuesInTheFile_NeedNoQuotes()
    {
        var options = new Given { File = """{"port": 81, "serve": true, "noAutoListing": false}""" }.Options();
        Assert.Equal((81, true, false), (options.Port, options.Serve, options.NoAutoListing));
    }

    private static OptionCase Find(string name) => OptionCase.All.Single(option => option.Name == name);

    private static IEnumerable<((string Text, object? Value) Strong, (string Text, object? Value) Weak)> BothWays(
        OptionCase option) => [(option.First, option.Second), (option.Second, option.First)];

    private static string FileWith(OptionCase option, string text) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { [option.Member] = text });
}
