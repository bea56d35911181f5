using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>The program as it runs in a buyer's account, beside the container that is sold.</summary>
public sealed class AgentTests : IDisposable
{
    private const string Product = "agent-1";
    private const string Buyer = "210987654321";
    private const int Batches = 60;
    private const int EventsPerBatch = 20;
    private const int BatchesPerKill = 12;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly string[] Dimensions = ["cpu", "gpu"];

    private static readonly string[] Arguments =
    [
        "--agent", "--serve", "--period", "00:00:05", "--seal-delay", "00:00:01", "--product", Product,
        "--dimensions", "cpu,gpu",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-agent-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <remarks>
    /// Of an hourly product AWS keeps one record an hour anyway; of the other kind, nothing but the token keeps a retry
    /// from adding up.
    /// </remarks>
    [Theory]
    [InlineData("hourly")]
    [InlineData("agentCore")]
    public async Task KilledWhileAnswersAreLost_EveryRecordIsThereExactlyOnce(string meterUsage)
    {
        await using var tally = new TallyProcess(Arguments);
        await tally.Start();
        tally.Arguments = [.. Arguments, "--no-auto-listing"];
        await Declare(tally, new { dimensions = Dimensions, openToAll = true, meterUsage });
        await Misbehave(tally, new { loseAnswerRate = 0.3, dropRate = 0.1, errorRate = 0.1, seed = 7 });
        for (var batch = 1; batch <= Batches; batch++)
        {
            await tally.Client.Send(BatchOf(batch));
            if (batch % BatchesPerKill == 0)
            {
                // Until something is on its way, so that the kill meets deliveries.
                await Poll.Until(async () => (await Calls(tally, "MeterUsage")).Count > 0);
                await tally.Kill();
                await tally.Start();
                await Misbehave(tally, new { loseAnswerRate = 0.3, dropRate = 0.1, errorRate = 0.1, seed = batch });
            }
        }

        await Misbehave(tally, new { });
        await tally.Client.WaitUntilDelivered(Product);
        await AssertBilled(tally, Batches * EventsPerBatch / 2);
    }

    [Fact]
    public async Task BuyerLeavesAndComesBack_UsageIsRefusedMeanwhileAndNothingIsLost()
    {
        await using var tally = new TallyProcess(
            [.. Arguments, "--config", Write("tally.json", """{"Tally": {"ProbeInterval": "00:00:01"}}""")]);
        await tally.Start();
        await tally.Client.Send(BatchOf(1));
        await Subscribe(tally, "unsubscribed");
        await Poll.Until(async () =>
        {
            using var answer = await Post(tally, BatchOf(1));
            return answer.StatusCode == HttpStatusCode.Forbidden;
        });
        using var refused = await Post(tally, BatchOf(2));
        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("not_entitled", (string?)problem["code"]);
        Assert.Contains("CustomerNotEntitledException", (string?)problem["detail"], StringComparison.Ordinal);

        await Subscribe(tally, "subscribed");
        await Poll.Until(async () =>
        {
            using var answer = await Post(tally, BatchOf(2));
            return answer.IsSuccessStatusCode;
        });
        await tally.Client.WaitUntilDelivered(Product);
        await AssertBilled(tally, EventsPerBatch);
    }

    [Fact]
    public async Task Start_SignatureOfSomebodyElse_NoUsageIsTaken()
    {
        using var other = RSA.Create(2_048);
        var file = Write("other.pem", other.ExportSubjectPublicKeyInfoPem());
        await using var tally = new TallyProcess([.. Arguments, "--public-key", file]);
        await tally.Start();
        using var answer = await Post(tally, BatchOf(1));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "InvalidRegistrationSignature", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("not entitled; no usage is taken", tally.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PublicKeyIsNone_EndsWithCodeTwo()
    {
        await using var tally = new TallyProcess([.. Arguments, "--public-key", Write("no.pem", "no key")]);
        Assert.Equal(2, await tally.RunToEnd());
        Assert.Contains("has no RSA public key in PEM", tally.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tally.Data), "Something was touched.");
    }

    [Fact]
    public async Task Demo_OfAnAgent_ShowsDeliveredRecords()
    {
        await using var tally = new TallyProcess("--agent", "--period", "00:00:05", "--seal-delay", "00:00:01");
        await tally.Start();
        await Poll.Until(() => Task.FromResult(
            tally.Output.Split('\n').Any(line =>
                line.StartsWith("container-demo", StringComparison.Ordinal)
                && line.Contains("difference 0", StringComparison.Ordinal)
                && !line.Contains("delivered 0 ", StringComparison.Ordinal))));

        Assert.Equal(0, await tally.Stop());
        Assert.Contains("entitled to container-demo", tally.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", tally.Output, StringComparison.Ordinal);
    }

    private static List<Usage> BatchOf(int batch) =>
    [
        .. Enumerable.Range(0, EventsPerBatch)
            .Select(number => new Usage($"{batch}-{number}", Product, "self", Dimensions[number % 2], 1)),
    ];

    private static Task<HttpResponseMessage> Post(TallyProcess tally, List<Usage> events) =>
        tally.Client.PostAsJsonAsync("v1/events", new JsonArray([.. events.Select(usage => usage.ToJson())]));

    private static async Task<JsonArray> Calls(TallyProcess tally, string operation) =>
        (await tally.Emulator.GetFromJsonAsync<JsonArray>($"_emulator/calls?operation={operation}"))!;

    private static async Task Misbehave(TallyProcess tally, object faults)
    {
        using var response = await tally.Emulator.PutAsJsonAsync("_emulator/faults", faults);
        response.EnsureSuccessStatusCode();
    }

    private static async Task Subscribe(TallyProcess tally, string state)
    {
        var declaration = new
        {
            dimensions = Dimensions,
            openToAll = true,
            customers = new Dictionary<string, string> { [Buyer] = state },
        };
        await Declare(tally, declaration);
    }

    private static async Task Declare(TallyProcess tally, object declaration)
    {
        using var response = await tally.Emulator.PutAsJsonAsync($"_emulator/products/{Product}", declaration);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Each dimension has what was acknowledged, and no hour a second record.</summary>
    private static async Task AssertBilled(TallyProcess tally, int expected)
    {
        var records = (await tally.Emulator.GetFromJsonAsync<JsonArray>("_emulator/records"))!;
        Assert.All(records, record => Assert.Equal(Buyer, (string?)record!["customerAWSAccountId"]));
        var billed = await tally.Emulator.Billed(Period);
        Assert.All(Dimensions, dimension => Assert.Equal(expected, billed[(Product, null!, dimension)]));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
