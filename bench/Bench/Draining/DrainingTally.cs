using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tally.Bench.Contenders;

namespace Tally.Bench.Draining;

/// <summary>The platform as people run it, with its stores on disk, delivering to an emulator beside it.</summary>
internal sealed class DrainingTally : IAsyncDisposable
{
    private const int EventsPerRequest = 999;
    private const int RequestsAtOnce = 16;
    private readonly HttpClient _client;
    private readonly ServerProcess _process;
    private long _events;

    private DrainingTally(ServerProcess process, HttpClient client)
    {
        _process = process;
        _client = client;
    }

    /// <summary>The dimensions of every product.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["calls", "gb", "seats"];

    /// <summary>Starts it.</summary>
    /// <param name="folder">For its files.</param>
    /// <param name="aws">Where it delivers, and how long a metering hour is.</param>
    /// <param name="time">What time it is.</param>
    /// <param name="settings">Settings by their names in the environment.</param>
    public static async Task<DrainingTally> Start(
        string folder,
        (Uri Endpoint, TimeSpan Period) aws,
        TimeProvider time,
        params IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        _ = Directory.CreateDirectory(folder);
        var port = Ports.Free();
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchProduct.Key);
        var process = ServerProcess.Start(
            Path.Combine(folder, "server.log"),
            [
                new("TALLY_ADMIN_KEY", BenchProduct.Key),
                new("AWS_ACCESS_KEY_ID", "test"), new("AWS_SECRET_ACCESS_KEY", "test"),
                .. settings,
            ],
            "dotnet", Programs.Find("Standalone"), "--serve", "--data", Path.Combine(folder, "data"),
            "--host", "127.0.0.1",
            "--port", $"{port}", "--period", $"{aws.Period}", "--seal-delay", "00:00:00",
            "--marketplace-endpoint", $"{aws.Endpoint}");
        await process.WaitUntilReady(client, time);
        return new DrainingTally(process, client);
    }

    /// <summary>Declares a product.</summary>
    public async Task PutProduct(string code)
    {
        var dimensions = Dimensions.Select(name => $$"""
            "{{name}}":{"aggregation":"sum","rounding":"floor"}
            """);
        var product = $$$"""{"name":"{{{code}}}","dimensions":{{{{string.Join(',', dimensions)}}}}}""";
        using var content = new StringContent(product, Encoding.UTF8, "application/json");
        using var response = await _client.PutAsync($"/v1/products/{code}", content);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>Posts one unit of every dimension for each customer.</summary>
    public Task Post(string product, int customers) => Parallel.ForEachAsync(
        Enumerable.Range(0, customers).Chunk(EventsPerRequest / Dimensions.Count),
        new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce },
        async (some, cancellationToken) =>
        {
            var events = some.SelectMany(customer => Dimensions.Select(dimension =>
                $$"""{"id":"e{{Interlocked.Increment(ref _events)}}","product":"{{product}}","""
                + $$""" "customer":"c{{customer}}","dimension":"{{dimension}}","quantity":1}"""));
            using var content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json");
            using var response = await _client.PostAsync("/v1/events", content, cancellationToken);
            _ = response.EnsureSuccessStatusCode();
        });

    /// <summary>How many records of a product are delivered.</summary>
    public async Task<long> Delivered(string product)
    {
        var status = await _client.GetFromJsonAsync<JsonElement>($"/v1/products/{product}/status");
        return status.GetProperty("delivered").GetInt64();
    }

    /// <summary>Whether a product's own sums agree.</summary>
    public async Task<string> Difference(string product)
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>($"/v1/products/{product}/reconciliation");
        return answer.GetProperty("dimensions").EnumerateArray()
            .Sum(line => Math.Abs(line.GetProperty("difference").GetDecimal()))
            .ToString(CultureInfo.InvariantCulture);
    }

    public double CpuSeconds() => ProcessCpu.Seconds([_process.Id]);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
    }
}
