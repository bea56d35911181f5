using System.Diagnostics;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;
using Tally.Emulator.Conformance.Stage;

namespace Tally.Emulator.Conformance;

/// <summary>The AWS CLI as people run it, a process for each call; other tests drive it within one process.</summary>
public sealed class CliProcessTests(Stages stages) : IClassFixture<Stages>
{
    private const int FailedCall = 254;
    private const string Cli = "/usr/bin/aws";

    [Theory]
    [InlineData("batch.records.25", "batch-meter-usage", "\"Status\": \"Success\"")]
    [InlineData("batch.region.enabled", "batch-meter-usage", "\"Status\": \"Success\"")]
    [InlineData("signature", "batch-meter-usage", "\"Status\": \"Success\"")]
    [InlineData("register", "register-usage", "\"Signature\": \"eyJ")]
    [InlineData("time.older", "batch-meter-usage", "(TimestampOutOfBoundsException)")]
    [InlineData("token.unknown", "resolve-customer", "(InvalidTokenException)")]
    public async Task Process_Case_PrintsWhatIsExpected(string id, string command, string printed)
    {
        if (!File.Exists(Cli)) Assert.Skip($"{Cli} is not on this machine.");
        var item = AllCases.List.Single(other => string.Equals(other.Id, id, StringComparison.Ordinal));
        var job = (await stages.JobsAsync(AllClients.List.OfType<AwsCliClient>().Single(), [item]))[0];
        var (code, output) = await RunAsync(job, command);

        Assert.Equal(item.Steps[0].Expected.ErrorCode is null ? 0 : FailedCall, code);
        Assert.Contains(printed, output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(Job job, string command)
    {
        var info = new ProcessStartInfo(Cli)
        {
            ArgumentList =
            {
                "meteringmarketplace", command, "--endpoint-url", job.Endpoint.ToString(), "--output", "json",
                "--cli-input-json", job.Calls[0].Parameters.ToJsonString(),
            },
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = job.AccessKey,
                ["AWS_SECRET_ACCESS_KEY"] = job.Secret,
                ["AWS_DEFAULT_REGION"] = job.Region,
                ["AWS_PAGER"] = string.Empty,
                ["AWS_MAX_ATTEMPTS"] = "1",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
