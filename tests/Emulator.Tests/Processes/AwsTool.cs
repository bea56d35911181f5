using System.Diagnostics;

namespace Tally.Emulator.Tests.Processes;

/// <summary>Programs of the machine, run with credentials for the emulator.</summary>
internal static class AwsTool
{
    public const string Python = "/usr/bin/python3";
    public const string Cli = "/usr/bin/aws";
    public const string OpenSsl = "/usr/bin/openssl";

    public static async Task SkipWithoutBoto3Async()
    {
        if (!File.Exists(Python) || (await RunAsync(Python, "-c", "import boto3")).ExitCode != 0)
            Assert.Skip($"{Python} with boto3 is not on this machine.");
    }

    public static void SkipWithout(string program)
    {
        if (!File.Exists(program)) Assert.Skip($"{program} is not on this machine.");
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program,
        params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "a";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "b";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
