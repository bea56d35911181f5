using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>Applications that call AWS, and are told by their environment alone to call the platform instead.</summary>
public sealed class AwsClientTests
{
    private const string Period = "00:00:05";

    [Theory]
    [InlineData("/usr/bin/python3", "meter.py", "import boto3")]
    [InlineData("/usr/bin/node", "meter.mjs", "@aws-sdk/client-marketplace-metering")]
    [InlineData("/bin/bash", "meter.sh", "aws")]
    public async Task Application_WithAnotherEndpoint_DeliversThroughThePlatform(
        string program, string script, string needs)
    {
        await SkipWithout(program, needs);
        await using var tally = new TallyProcess("--serve", "--period", Period, "--seal-delay", "00:00:01");
        await tally.Start();
        await tally.Client.PutProduct("p", "calls");
        var token = await TokenFor(tally, "buyer-1");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1;

        var statuses = await Run(tally, await NewKey(tally), program, Script(script), token, $"{now}");

        Assert.Equal(["Success", "Success", "Success", "DuplicateRecord"], statuses);
        await tally.Client.WaitUntilDelivered("p");
        var billed = await tally.Emulator.Billed(TimeSpan.Parse(Period, null));
        Assert.Equal(7, Assert.Single(billed).Value);
        Assert.Equal(("p", "buyer-1", "calls"), billed.Keys.Single());
    }

    private static async Task SkipWithout(string program, string needs)
    {
        var isThere = File.Exists(program) && (program.Contains("python", StringComparison.Ordinal)
            ? await Succeeds(program, "-c", needs)
            : program.Contains("node", StringComparison.Ordinal)
            ? Directory.Exists(Script(Path.Combine("node_modules", needs)))
            : await Succeeds(program, "-c", $"command -v {needs}"));
        Assert.SkipUnless(isThere, $"{program} with {needs} is not on this machine.");
    }

    private static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    private static async Task<string> TokenFor(TallyProcess tally, string customer)
    {
        using var declared = await tally.Emulator.PutAsJsonAsync(
            "_emulator/products/p", new { dimensions = new[] { "calls" }, openToAll = true });
        using var response = await tally.Emulator.PostAsJsonAsync(
            "_emulator/tokens", new { productCode = "p", customerIdentifier = customer });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
    }

    private static async Task<JsonObject> NewKey(TallyProcess tally)
    {
        using var response = await tally.Client.PostAsJsonAsync("v1/access-keys", new { name = "application" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<string[]> Run(
        TallyProcess tally, JsonObject key, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ENDPOINT_URL_MARKETPLACE_METERING"] = tally.Client.BaseAddress!.ToString();
        start.Environment["AWS_ACCESS_KEY_ID"] = (string)key["accessKeyId"]!;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = (string)key["secretAccessKey"]!;
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<string[]>(output)!;
    }

    private static string Script(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "AwsClients", name);
}
