namespace Tally.Settings.Tests;

/// <summary>Command line, environment and file, of any program; each program's own options have tests there.</summary>
public sealed class SettingsReaderTests
{
    private const string File = "settings.json";

    private static readonly SettingNames Names = new(["is-fast"], ["config", "port", "wait-time", "there"], ["Part"]);

    [Fact]
    public void Find_GivenEverywhere_CommandLineCountsMostAndFileLeast()
    {
        var given = Read(
            ["--config", File, "--port=1"],
            """{"port": 3, "waitTime": "00:00:03", "there": "http://file/"}""",
            new() { ["TALLY_PORT"] = "2", ["TALLY_WAIT_TIME"] = "00:00:02" });

        Assert.Empty(given.Errors);
        Assert.Equal(1, given.Port("port", 0));
        Assert.Equal(TimeSpan.FromSeconds(2), given.Time("wait-time"));
        Assert.Equal(new Uri("http://file/"), given.Address("there"));
    }

    [Fact]
    public void Find_NothingGiven_IsNothing()
    {
        var given = Read([]);
        Assert.Equal(7, given.Port("port", 7));
        Assert.Null(given.Port("port"));
        Assert.Null(given.Time("wait-time"));
        Assert.Null(given.Address("there"));
        Assert.False(given.Flag("is-fast"));
        Assert.Empty(given.Errors);
    }

    [Theory]
    [InlineData(true, "--is-fast")]
    [InlineData(true, "--is-fast=yes")]
    [InlineData(false, "--is-fast=0")]
    public void Flag_Given_IsRead(bool expected, string argument) =>
        Assert.Equal(expected, Read([argument]).Flag("is-fast"));

    [Fact]
    public void Errors_ManyThingsWrong_AreAllSaid()
    {
        var given = Read(["--config", File, "--speed=1", "--port=0", "--wait-time=soon", "--there"], """{"part": 1}""");
        given.Port("port");
        given.Time("wait-time");
        Assert.Equal(
            [
                "'--speed=1' is not an option; --help lists them.",
                "--there needs a value.",
                "settings.json: 'part' is not an option.",
                "port is '0'; it must be a port, 1 to 65535.",
                "wait-time is 'soon'; it must be a time like 00:00:05.",
            ],
            given.Errors);
    }

    [Fact]
    public void Errors_SectionOfTheFile_IsLeftToOthers() =>
        Assert.Empty(Read(["--config", File], """{"Part": {"Anything": [1]}}""").Errors);

    private static SettingsReader Read(
        string[] arguments, string? file = null, Dictionary<string, string>? environment = null)
    {
        var reader = new SettingsReader(
            Names,
            name => environment?.GetValueOrDefault(name),
            path => path == File && file is not null ? file : throw new FileNotFoundException());
        reader.Open(arguments);
        return reader;
    }
}
