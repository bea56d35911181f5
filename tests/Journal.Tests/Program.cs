namespace Tally.Journal.Tests;

/// <summary>Runs the tests, or does what the kill tests interrupt.</summary>
public static class Program
{
    /// <summary>The program's start.</summary>
    /// <param name="args">The test runner's, or the name of a victim's work and its folder.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> Main(string[] args)
    {
        if (args is [Sqlite.KillVictim.Name, var folder])
        {
            return Sqlite.KillVictim.Run(folder);
        }

        return args.Contains("--server", StringComparer.Ordinal)
            || args.Contains("--internal-msbuild-node", StringComparer.Ordinal)
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
