using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>
/// A vendor outgrows one process on SQLite, and goes to a cluster on PostgreSQL while its applications go on.
/// </summary>
public sealed class MoveTests
{
    private const int SomeEvents = 2_000;

    [Fact]
    public async Task Moved_FromSqliteToPostgresUnderLoad_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var cluster = await ClusterProcesses.Start(silos: 2);
        await using var old = new TallyProcess(
            "--serve", "--period", $"{ClusterProcesses.Period}", "--seal-delay", "00:00:01",
            "--marketplace-endpoint", $"{cluster.Emulator.Endpoint}");
        await old.Start();
        foreach (var product in UsageLoad.Products)
        {
            await cluster.Emulator.DeclareProductAsync(product, "calls", "gb");
            await old.Client.PutProduct(product, "calls", "gb");
        }

        using var applications = await NewApplications(old, cluster);
        var load = new UsageLoad(batch => SendAnywhere(old, applications, batch));
        await load.More(SomeEvents);
        await Poll.Until(async () => (await cluster.Emulator.ListRecordsAsync()).Count > 0);
        var file = await Export(old.Client);
        await Import(cluster, file);
        await Change(old.Client, "default", "moved", """{"to":"the cluster"}""");
        await Change(cluster.Apis[0].Client, "acme", "thaw", "{}");

        await load.More(SomeEvents);
        await load.Stop();
        await AssertDelivered(cluster, applications, load);
    }

    /// <summary>A client of the cluster with a key that was made in the old installation.</summary>
    private static async Task<HttpClient> NewApplications(TallyProcess old, ClusterProcesses cluster)
    {
        var made = await Send(old.Client, "v1/keys", """{"name":"applications","scopes":["ingest","read"]}""");
        var client = new HttpClient { BaseAddress = cluster.Apis[0].Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", made["secret"]!.ToString());
        return client;
    }

    private static async Task<byte[]> Export(HttpClient old)
    {
        using (var early = await old.GetAsync("v1/tenants/default/export"))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        }

        await Change(old, "default", "freeze", """{"reason":"we move"}""");
        await Poll.Until(async () =>
            (await old.GetFromJsonAsync<JsonObject>("v1/tenants/default/standing"))!["phase"]!.ToString() == "frozen");
        return await old.GetByteArrayAsync("v1/tenants/default/export");
    }

    /// <summary>Takes the export in, under another name, as there is a tenant <c>default</c> everywhere.</summary>
    private static async Task Import(ClusterProcesses cluster, byte[] file)
    {
        var api = cluster.Apis[0].Client;
        await AssertRefused(api, "acme", file[..(file.Length / 2)], "invalid_export");
        await AssertRefused(api, "default", file, "tenant_exists");
        using (var unknown = await api.GetAsync("v1/tenants/acme"))
        {
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }

        // A silo dies meanwhile; whether the import does depends on where its actor is. Then it is repeated.
        var first = api.PostAsync("v1/tenants/acme/import", new ByteArrayContent(file));
        await Poll.Until(async () => await Phase(cluster) == "importing" || first.IsCompleted);
        await cluster.Silos[1].Process.Kill();
        await cluster.Silos[1].Start();
        using (var interrupted = await first)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"The first import: {interrupted.StatusCode}");
        }

        JsonObject? answer = null;
        await Poll.Until(async () =>
        {
            using var response = await api.PostAsync("v1/tenants/acme/import", new ByteArrayContent(file));
            answer = await response.Content.ReadFromJsonAsync<JsonObject>();
            return response.IsSuccessStatusCode;
        });
        Assert.Equal(2, (int)answer!["products"]!);
        Assert.True((int)answer["customers"]! > 100, answer.ToJsonString());
        Assert.True((int)answer["ledgerLines"]! > 0, answer.ToJsonString());
        Assert.Equal("frozen", await Phase(cluster));
    }

    private static async Task<string?> Phase(ClusterProcesses cluster)
    {
        using var response = await cluster.Apis[1].Client.GetAsync("v1/tenants/acme/standing");
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["phase"]?.ToString();
    }

    private static async Task AssertRefused(HttpClient api, string tenant, byte[] file, string code)
    {
        using var response = await api.PostAsync($"v1/tenants/{tenant}/import", new ByteArrayContent(file));
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.ToString());
    }

    private static Task<JsonObject> Change(HttpClient client, string tenant, string change, string body) =>
        Send(client, $"v1/tenants/{tenant}/{change}", body);

    private static async Task<JsonObject> Send(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonNode.Parse(answer)!.AsObject();
    }

    /// <summary>Sends where it was always sent, and to the cluster, until one of them acknowledges.</summary>
    private static async Task<(int Accepted, int Duplicates)> SendAnywhere(
        TallyProcess old, HttpClient applications, IReadOnlyList<Usage> batch)
    {
        (int Accepted, int Duplicates)? answer = null;
        await Poll.Until(
            async () => (answer = await old.Client.TrySend(batch) ?? await TryMoved(applications, batch)) is not null);
        return answer!.Value;
    }

    private static async Task<(int Accepted, int Duplicates)?> TryMoved(
        HttpClient applications, IReadOnlyList<Usage> batch)
    {
        // Until the tenant is there, its keys aren't known.
        using var known = await applications.GetAsync("v1/products");
        return known.IsSuccessStatusCode ? await applications.TrySend(batch) : null;
    }

    private static async Task AssertDelivered(ClusterProcesses cluster, HttpClient applications, UsageLoad load)
    {
        var sums = load.Sums();
        foreach (var product in UsageLoad.Products)
        {
            await applications.WaitUntilDelivered(product);
            foreach (var line in (await applications.Reconciliation(product))["dimensions"]!.AsArray())
            {
                Assert.Equal(0m, (decimal)line!["difference"]!);
                Assert.Equal(sums[(product, (string)line["dimension"]!)], (decimal)line["accepted"]!);
            }
        }

        Assert.Equal(
            load.Expected().Where(pair => pair.Value > 0).OrderBy(pair => pair.Key),
            (await cluster.Billed()).OrderBy(pair => pair.Key));
    }
}
