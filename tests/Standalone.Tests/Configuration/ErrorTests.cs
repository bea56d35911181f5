using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>What is said of options that are wrong.</summary>
public sealed class ErrorTests
{
    private const string Short = "00:01:00";

    public static TheoryData<string, string> OneError => new()
    {
        { "--prot=81", "'--prot=81' is not an option; --help lists them." },
        { "port", "'port' is not an option; --help lists them." },
        { "-port=1", "'-port=1' is not an option; --help lists them." },
        { "--Port=1", "'--Port=1' is not an option; --help lists them." },
        { "--port", "--port needs a value." },
        { "--seal-delay", "--seal-delay needs a value." },
        { "--serve=maybe", "serve is 'maybe'; it must be true or false." },
        { "--port=0", "port is '0'; it must be a port, 1 to 65535." },
        { "--port=65536", "port is '65536'; it must be a port, 1 to 65535." },
        { "--port=-1", "port is '-1'; it must be a port, 1 to 65535." },
        { "--port=99999999999", "port is '99999999999'; it must be a port, 1 to 65535." },
        { "--emulator-port=http", "emulator-port is 'http'; it must be a port, 1 to 65535." },
        { "--period=minute", "period is 'minute'; it must be a time like 00:00:05." },
        { "--seal-delay=", "seal-delay is ''; it must be a time like 00:00:05." },
        { "--marketplace-endpoint=there", "marketplace-endpoint is 'there'; it must be an http or https address." },
        { "--marketplace-endpoint=ftp://a", "marketplace-endpoint is 'ftp://a'; it must be an http or https address." },
        { "--host=example.com", "host is 'example.com'; it must be localhost or an IP address." },
        { "--data=", "data is empty; it must be a folder." },
        { "--port=8090", "port and emulator-port are both 8090; they must differ." },
        { "--period=00:07:00", "period is 00:07:00; it must be whole seconds that divide an hour evenly." },
        { "--period=00:00:00", "period is 00:00:00; it must be whole seconds that divide an hour evenly." },
        { "--period=-00:01:00", "period is -00:01:00; it must be whole seconds that divide an hour evenly." },
        { "--period=02:00:00", "period is 02:00:00; it must be whole seconds that divide an hour evenly." },
        { "--seal-delay=06:00:01", "seal-delay is 06:00:01; it must be between 00:00:00 and 06:00:00." },
        { "--seal-delay=-00:00:01", "seal-delay is -00:00:01; it must be between 00:00:00 and 06:00:00." },
        { "--public-key-version=0", "public-key-version is '0'; it must be a whole number from 1." },
        { "--public-key-version=v1", "public-key-version is 'v1'; it must be a whole number from 1." },
        { "--admin-key=fifteen-letters", "TALLY_ADMIN_KEY must have 16 to 255 characters." },
        { "--admin-key=", "TALLY_ADMIN_KEY must have 16 to 255 characters." },
        { "--admin-key=" + new string('k', 256), "TALLY_ADMIN_KEY must have 16 to 255 characters." },
    };

    public static TheoryData<string, string> BadFiles => new()
    {
        { "{", "The configuration file tally.json can't be read: " },
        { "[1]", "The configuration file tally.json can't be read: " },
        { "5", "The configuration file tally.json can't be read: " },
        { """{"port": 1, "port": 2}""", "tally.json: 'port' is there twice." },
        { """{"prot": 81}""", "tally.json: 'prot' is not an option." },
        { """{"Port": 81}""", "tally.json: 'Port' is not an option." },
        { """{"Tolly": {"SealConcurrency": 1}}""", "tally.json: 'Tolly' is not an option." },
        { """{"Tally": 1}""", "tally.json: 'Tally' is not an option." },
        { """{"port": [81]}""", "tally.json: 'port' is not an option." },
        { """{"port": null}""", "port is ''; it must be a port, 1 to 65535." },
    };

    [Theory]
    [MemberData(nameof(OneError))]
    public void Read_OneThingWrong_IsSaidInOneSentence(string argument, string error) =>
        Assert.Equal([error], new Given(argument).Errors());

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_FileIsWrong_IsSaidInOneSentence(string file, string error) =>
        Assert.StartsWith(error, Assert.Single(new Given { File = file }.Errors()), StringComparison.Ordinal);

    [Theory]
    [InlineData("--product=a b", "product is 'a b'; it must be a product code.")]
    [InlineData("--dimensions=", "dimensions is ''; it must be names with commas between them, each once.")]
    [InlineData("--dimensions=a,,b", "dimensions is 'a,,b'; it must be names with commas between them, each once.")]
    [InlineData("--dimensions=a, a", "dimensions is 'a, a'; it must be names with commas between them, each once.")]
    public void Read_AgentWithSomethingWrong_IsSaidInOneSentence(string argument, string error) =>
        Assert.Equal([error], new Given("--agent", argument).Errors());

    [Fact]
    public void Read_AgentWithoutTheEmulator_NeedsWhatTheEmulatorWouldHave()
    {
        string[] arguments = ["--agent", "--serve", "--no-emulator"];
        Assert.Equal(
            [
                "an agent without the emulator needs product and dimensions.",
                "an agent without the emulator needs public-key, the file with the key that AWS Marketplace gave out "
                    + "for the product; none for an AMI, which isn't registered.",
            ],
            new Given(arguments).Errors());
        Assert.Empty(new Given([.. arguments, "--product=p", "--dimensions=a,b", "--public-key=none"]).Errors());
    }

    [Fact]
    public void Read_FileIsMissing_IsSaidInOneSentence() => Assert.Equal(
        ["The configuration file nowhere.json can't be read: There is no nowhere.json."],
        new Given("--config", "nowhere.json").Errors());

    [Fact]
    public void Read_FileMayNotBeRead_IsSaidInOneSentence()
    {
        var reader = new OptionsReader(
            _ => null, _ => throw new UnauthorizedAccessException("Access is denied."));
        Assert.Equal(
            ["The configuration file /secret can't be read: Access is denied."],
            reader.Read(["--config=/secret"]).Errors);
    }

    [Fact]
    public void Read_Sections_AreLeftToTheirReader() =>
        Assert.Empty(new Given { File = """{"Tally": {}, "Api": {}, "store": {}, "Logging": {}}""" }.Errors());

    [Fact]
    public void Read_SeveralThingsWrong_AllAreSaid() => Assert.Equal(
        [
            "'--nonsense' is not an option; --help lists them.",
            "tally.json: 'more' is not an option.",
            "port is 'x'; it must be a port, 1 to 65535.",
            "seal-delay is 'y'; it must be a time like 00:00:05.",
            "host is 'z'; it must be localhost or an IP address.",
        ],
        new Given("--nonsense", "--port=x", "--host=z")
        {
            Environment = new() { ["TALLY_SEAL_DELAY"] = "y" },
            File = """{"more": 1}""",
        }.Errors());

    [Fact]
    public void Read_ShortPeriodAgainstAws_IsRefused() => Assert.Equal(
        ["period is 00:01:00, but AWS Marketplace meters by the hour and keeps only the first quantity of each: "
            + "against AWS the period must be 01:00:00."],
        new Given("--serve", "--no-emulator", "--period", Short).Errors());

    [Fact]
    public void Read_ShortPeriodAgainstAwsByItsAddress_IsRefused()
    {
        const string Address = "https://metering.marketplace.us-east-1.amazonaws.com";
        var error = Assert.Single(new Given("--serve", "--marketplace-endpoint", Address, "--period", Short).Errors());
        Assert.StartsWith("period is 00:01:00, but AWS", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SampleTrafficAgainstAws_IsRefused() => Assert.Equal(
        ["sample traffic is never sent to AWS: use --serve with --no-emulator."],
        new Given("--no-emulator", "--period=01:00:00").Errors());

    [Fact]
    public void Read_ShortPeriodElsewhere_IsAllowed() =>
        Assert.Empty(new Given("--serve", "--marketplace-endpoint=http://localhost:1", "--period", Short).Errors());

    [Fact]
    public void Read_SamePortWithoutEmulator_IsAllowed() =>
        Assert.Empty(new Given("--port=8090", "--serve", "--no-emulator").Errors());
}
