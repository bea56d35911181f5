using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tally.Api.Hosting;
using Tally.Grains.Hosting;
using Tally.Standalone.Configuration;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.Tests.Hosting;

/// <summary>What the configuration file says arrives, or is refused before anything starts.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-start-");

    private string Data => Path.Combine(_folder.FullName, "data");

    [Fact]
    public async Task Build_SectionsInTheFile_ArriveInTheParts()
    {
        var file = Write(
            """{"Tally": {"SealConcurrency": 7}, "Api": {"KeysCachedMax": 8}, "Store": {"QueueMax": 900}}""");
        var options = new StandaloneOptions { Config = file, Data = Data };
        using var marketplace = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials("key", "secret"),
            new AmazonAWSMarketplaceMeteringConfig { ServiceURL = "http://localhost:1" });
        await using var app = StandaloneHost.Build(
            options, new(marketplace, options.MarketplaceEndpoint, null), _ => { });
        Assert.Equal(7, app.Services.GetRequiredService<IOptions<TallyOptions>>().Value.SealConcurrency);
        Assert.Equal(8, app.Services.GetRequiredService<IOptions<TallyApiOptions>>().Value.KeysCachedMax);
        Assert.Equal(900, SectionReader.Open(options).Store().QueueMax);
    }

    [Theory]
    [InlineData("aws-2026", HttpStatusCode.Created)]
    [InlineData("aws-2020", HttpStatusCode.BadRequest)]
    public async Task StartEmulator_WithTheRulesOfThePlatform_KnowsAccountsOrNot(string rules, HttpStatusCode expected)
    {
        var file = Write($$"""{"Tally": {"Rules": "{{rules}}"} }""");
        await using var emulator = await StandaloneRun.StartEmulator(
            new StandaloneOptions { Config = file, Data = Data, EmulatorPort = 0 });
        await emulator.DeclareProductAsync("prod-1", "api_calls");
        using var http = new HttpClient { BaseAddress = emulator.Endpoint };
        using var response = await http.PostAsJsonAsync(
            "/_emulator/tokens",
            new { productCode = "prod-1", customerAWSAccountId = "123456789012" },
            TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Start_ValuesOutOfRange_EndsWithEverySentenceAndCodeTwo()
    {
        var file = Write(
            """{"Tally": {"SealConcurrency": 0}, "Api": {"KeysCachedMax": 0}, "Store": {"QueueMax": 1}}""");
        var (exitCode, output) = await Run("--config", file, "--data", Data);
        Assert.Equal(
            [
                "Tally: SealConcurrency 0 is not between 1 and 10000.",
                "Api: KeysCachedMax 0 is not between 1 and 1000000.",
                "Store: The field QueueMax must be between 100 and 10000000.",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(StandaloneRun.WrongOptions, exitCode);
        Assert.False(Directory.Exists(Data), "Something was touched.");
    }

    [Fact]
    public async Task Start_OptionsWrong_EndsWithEverySentenceAndCodeTwo()
    {
        var (exitCode, output) = await Run("--port=0", "--what", "--data", Data);
        Assert.Equal(
            "'--what' is not an option; --help lists them.\nport is '0'; it must be a port, 1 to 65535.\n", output);
        Assert.Equal(StandaloneRun.WrongOptions, exitCode);
    }

    [Fact]
    public async Task Start_Help_PrintsTheOptionsAndEndsWell()
    {
        var (exitCode, output) = await Run("--help");
        Assert.StartsWith("Usage: ./run.sh [options]", output, StringComparison.Ordinal);
        Assert.Equal(StandaloneRun.Success, exitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Tally.Standalone.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, (await output + await errors).ReplaceLineEndings("\n"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private string Write(string json)
    {
        var file = Path.Combine(_folder.FullName, "tally.json");
        File.WriteAllText(file, json);
        return file;
    }
}
