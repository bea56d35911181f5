using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>What is given on the command line, in the environment and in the configuration file.</summary>
internal sealed record Given(params string[] Arguments)
{
    public const string FileName = "tally.json";

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>The file's text; null where there is no such file.</summary>
    public string? File { get; init; }

    public (StandaloneOptions Options, IReadOnlyList<string> Errors) Read()
    {
        string[] config = File is null ? [] : ["--config", FileName];
        return new OptionsReader(Environment.GetValueOrDefault, ReadFile).Read([.. config, .. Arguments]);
    }

    /// <summary>The options, where nothing must be wrong.</summary>
    public StandaloneOptions Options()
    {
        var (options, errors) = Read();
        Assert.Empty(errors);
        return options;
    }

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<string> Errors() => Read().Errors;

    private string ReadFile(string path) => path == FileName && File is not null
        ? File
        : throw new FileNotFoundException($"There is no {path}.");
}
