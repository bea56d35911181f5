using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tally.EndToEnd.Hosting;

/// <summary>Asks the HTTP API and the emulator as any client would.</summary>
internal static class TallyApi
{
    public static async Task PutProduct(this HttpClient client, string code, params string[] dimensions)
    {
        var body = new JsonObject
        {
            ["name"] = code,
            ["dimensions"] = new JsonObject(dimensions.Select(dimension => KeyValuePair.Create(
                dimension, (JsonNode?)new JsonObject { ["aggregation"] = "sum", ["rounding"] = "floor" }))),
        };
        using var response = await client.PutAsJsonAsync($"v1/products/{code}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends events until they are acknowledged, however often the process is killed meanwhile.</summary>
    public static async Task<(int Accepted, int Duplicates)> Send(this HttpClient client, IReadOnlyList<Usage> events)
    {
        (int Accepted, int Duplicates)? answer = null;
        await Poll.Until(async () => (answer = await client.TrySend(events)) is not null);
        return answer!.Value;
    }

    /// <summary>Sends events once.</summary>
    /// <returns>The answer; null when they may not have been taken.</returns>
    public static async Task<(int Accepted, int Duplicates)?> TrySend(
        this HttpClient client, IReadOnlyList<Usage> events)
    {
        var body = new JsonArray([.. events.Select(usage => usage.ToJson())]);
        try
        {
            using var response = await client.PostAsJsonAsync("v1/events", body);
            if (!response.IsSuccessStatusCode)
            {
                Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
                return null;
            }

            var json = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.Empty(json["rejected"]!.AsArray());
            var (accepted, duplicates) = ((int)json["accepted"]!, (int)json["duplicates"]!);
            Assert.Equal(events.Count, accepted + duplicates);
            return (accepted, duplicates);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    public static async Task<JsonObject> Reconciliation(this HttpClient client, string code) =>
        (await client.GetFromJsonAsync<JsonObject>($"v1/products/{code}/reconciliation"))!;

    /// <summary>Waits until nothing is open, waiting or parked.</summary>
    public static Task WaitUntilDelivered(this HttpClient client, string code) => Poll.Until(async () =>
    {
        var dimensions = (await client.Reconciliation(code))["dimensions"]!.AsArray();
        return dimensions.Count > 0
            && dimensions.All(line => (decimal)line!["open"]! == 0 && (decimal)line["waiting"]! == 0);
    });

    /// <summary>What AWS would bill, with a check that no hour was billed twice.</summary>
    public static async Task<Dictionary<(string Product, string Customer, string Dimension), long>> Billed(
        this HttpClient emulator,
        TimeSpan period)
    {
        var records = (await emulator.GetFromJsonAsync<JsonArray>("_emulator/records"))!;
        var hours = records.GroupBy(record => (
            Key(record!), ((DateTimeOffset)record!["timestamp"]!).UtcTicks / period.Ticks));
        Assert.All(hours, hour => Assert.Single(hour));
        return records
            .GroupBy(record => Key(record!))
            .ToDictionary(group => group.Key, group => group.Sum(record => (long)record!["quantity"]!));
    }

    private static (string Product, string Customer, string Dimension) Key(JsonNode record) => (
        (string)record["productCode"]!, (string)record["customerIdentifier"]!, (string)record["dimension"]!);
}

/// <summary>A usage event.</summary>
internal sealed record Usage(string Id, string Product, string Customer, string Dimension, decimal Quantity)
{
    public JsonNode ToJson() => new JsonObject
    {
        ["id"] = Id,
        ["product"] = Product,
        ["customer"] = Customer,
        ["dimension"] = Dimension,
        ["quantity"] = Quantity,
    };
}
