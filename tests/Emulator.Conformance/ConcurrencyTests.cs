using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance;

/// <summary>
/// 200 clients at once, while calls are throttled, fail, lose their answers and leave records unprocessed: what the
/// clients were told at last and what the emulator holds is the same, record by record.
/// </summary>
public sealed class ConcurrencyTests
{
    private const int Clients = 200;
    private const int BatchesEach = 4;
    private const int RecordsEach = 10;
    private const int AttemptsMax = 200;

    [Fact]
    public async Task ManyClients_WithFaults_AreToldWhatIsStored()
    {
        var folder = Directory.CreateTempSubdirectory("emulator-").FullName;
        var options = new EmulatorOptions { DataDirectory = folder };
        await using (var emulator = await MarketplaceEmulator.StartAsync(options))
        {
            await emulator.DeclareProductAsync("prod-1", "api_calls");
            emulator.Faults = new FaultPlan
            {
                ThrottleRate = 0.1,
                ErrorRate = 0.1,
                DropRate = 0.05,
                LoseAnswerRate = 0.1,
                UnprocessedRate = 0.2,
                Seed = 7,
            };
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients });
            var job = new Job(emulator.Endpoint, "000000000000", "secret", "us-east-1", []);
            var told = await Task.WhenAll(
                Enumerable.Range(0, Clients).Select(client => Task.Run(() => MeterAsync(http, job, client))));

            var expected = told.SelectMany(records => records).Order(StringComparer.Ordinal);
            var stored = (await emulator.ListRecordsAsync(cancellationToken: TestContext.Current.CancellationToken))
                .Select(record => $"{record.CustomerIdentifier} {record.Quantity} {record.MeteringRecordId}")
                .Order(StringComparer.Ordinal);
            Assert.Equal(expected, stored);
            Assert.Equal(Clients * BatchesEach * RecordsEach, told.Sum(records => records.Count));
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends until every record has its answer; returns what was said of each.</summary>
    private static async Task<List<string>> MeterAsync(HttpClient http, Job job, int client)
    {
        var told = new List<string>();
        for (var batch = 0; batch < BatchesEach; batch++)
        {
            var left = Enumerable.Range(0, RecordsEach)
                .Select(record => new JsonObject
                {
                    ["Timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                    ["CustomerIdentifier"] = $"c{client}-{batch}-{record}",
                    ["Dimension"] = "api_calls",
                    ["Quantity"] = (client * 7) + batch,
                }).ToList();
            for (var attempt = 0; left.Count > 0; attempt++)
            {
                Assert.True(attempt < AttemptsMax, "The emulator never took the batch.");
                if (await TrySendAsync(http, job, left) is not { } result) continue;
                foreach (var item in result.GetProperty("Results").EnumerateArray())
                {
                    var sent = item.GetProperty("UsageRecord");
                    Assert.Equal("Success", item.GetProperty("Status").GetString());
                    told.Add($"{sent.GetProperty("CustomerIdentifier").GetString()} {sent.GetProperty("Quantity")} "
                        + item.GetProperty("MeteringRecordId").GetString());
                }

                left = [.. result.GetProperty("UnprocessedRecords").EnumerateArray()
                    .Select(record => JsonObject.Create(record)!)];
            }
        }

        return told;
    }

    /// <summary>The result, or null when the call has to be sent again.</summary>
    private static async Task<JsonElement?> TrySendAsync(HttpClient http, Job job, IEnumerable<JsonObject> records)
    {
        var body = Say.Batch(Say.Works(), [.. records.Select(record => record.DeepClone().AsObject())]).Parameters;
        using var request = RawClient.RequestOf(job, "BatchMeterUsage", Encoding.UTF8.GetBytes(body.ToJsonString()));
        try
        {
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
        }
        catch (HttpRequestException)
        {
            return null; // The connection was cut: nobody knows whether the records are stored.
        }
    }
}
