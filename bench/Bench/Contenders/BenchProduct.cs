using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tally.Bench.Contenders;

/// <summary>The product that events are posted for, and what the platform says of it.</summary>
internal static class BenchProduct
{
    /// <summary>The administrator's key of every measured platform.</summary>
    public const string Key = "bench-admin-key-0123456789";

    private const string Product =
        """{"name":"bench","dimensions":{"api_calls":{"aggregation":"sum","rounding":"floor"}}}""";

    /// <summary>Declares it, and has the client show the key from now on.</summary>
    public static async Task Put(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var content = new StringContent(Product, Encoding.UTF8, "application/json");
        using var response = await client.PutAsync("/v1/products/bench", content);
        _ = response.EnsureSuccessStatusCode();
    }

    /// <summary>What the platform has counted, and whether its own sums agree.</summary>
    public static async Task<(decimal Accepted, decimal Difference)> Reconcile(HttpClient client)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>("/v1/products/bench/reconciliation");
        var dimension = answer.GetProperty("dimensions").EnumerateArray().Single();
        return (dimension.GetProperty("accepted").GetDecimal(), dimension.GetProperty("difference").GetDecimal());
    }
}
