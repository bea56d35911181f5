using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>A database that doesn't answer, under more load than there is room for.</summary>
public sealed class BackpressureTests
{
    private const int Senders = 16;
    private const int EventsPerRequest = 500;
    private const int WaitingEventsMax = 4_000;

    [Fact]
    public async Task DatabaseStandsStill_SendersAreToldToWaitAndNothingAcknowledgedIsLost()
    {
        await using var cluster = await ClusterProcesses.Start(
            1,
            api =>
            {
                api.Environment["Api__WaitingEventsMax"] = $"{WaitingEventsMax}";
                api.Environment["Api__EventsPerRequestMax"] = $"{EventsPerRequest}";
            },
            UsageLoad.Products);
        var api = cluster.Apis[0];
        var acknowledged = new ConcurrentBag<Usage>();
        var refused = new ConcurrentBag<(string Code, TimeSpan? RetryAfter)>();
        using var stopping = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var batch = 0; !stopping.IsCancellationRequested; batch++)
            {
                await SendUntilTaken(api.Client, Events(sender, batch), acknowledged, refused);
            }
        })).ToList();
        await Poll.Until(() => Task.FromResult(acknowledged.Count > 20_000));

        await cluster.Postgres.Pause();
        refused.Clear();
        await Poll.Until(() => Task.FromResult(refused.Any(answer => answer.Code == "overloaded")));
        Assert.All(refused, answer => Assert.True(answer.RetryAfter >= TimeSpan.FromSeconds(1), answer.Code));

        await cluster.Postgres.Continue();
        var before = acknowledged.Count;
        await Poll.Until(() => Task.FromResult(acknowledged.Count > before + 20_000));
        await stopping.CancelAsync();
        await Task.WhenAll(senders);

        await api.Client.WaitUntilDelivered("search");
        var line = Assert.Single((await api.Client.Reconciliation("search"))["dimensions"]!.AsArray());
        Assert.Equal(0m, (decimal)line!["difference"]!);
        Assert.Equal(acknowledged.Sum(usage => usage.Quantity), (decimal)line["accepted"]!);
        Assert.Equal(acknowledged.Sum(usage => (long)usage.Quantity), (await cluster.Billed()).Values.Sum());
    }

    private static async Task SendUntilTaken(
        HttpClient client,
        IReadOnlyList<Usage> events,
        ConcurrentBag<Usage> acknowledged,
        ConcurrentBag<(string Code, TimeSpan? RetryAfter)> refused)
    {
        var body = new JsonArray([.. events.Select(usage => usage.ToJson())]).ToJsonString();
        await Poll.Until(
            async () =>
            {
                using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                using var response = await client.PostAsync("v1/events", content);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
                    refused.Add(((string)problem["code"]!, response.Headers.RetryAfter?.Delta));
                    return false;
                }

                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                return true;
            },
            secondsMax: 300);
        foreach (var usage in events)
        {
            acknowledged.Add(usage);
        }
    }

    private static List<Usage> Events(int sender, int batch) =>
    [
        .. Enumerable.Range(0, EventsPerRequest).Select(index => new Usage(
            $"{sender}-{batch}-{index}", "search", $"customer-{index % 50}", "calls", 1 + (index % 3))),
    ];
}
