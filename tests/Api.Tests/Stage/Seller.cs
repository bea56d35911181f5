using System.Text;
using System.Text.Json;

namespace Tally.Api.Tests.Stage;

/// <summary>A tenant at work.</summary>
public sealed record Seller(TestApi Api, string Tenant, string Key)
{
    /// <summary>The dimensions that most tests use.</summary>
    public const string Dimensions =
        """
        "calls": {}, "users": { "aggregation": "unique_count", "uniqueTag": "user" }, "gib": { "rounding": "nearest" }
        """;

    public Task<Answer> Get(string path) => Api.Send(HttpMethod.Get, path, Key);

    public Task<Answer> Put(string path, string json) => Api.Send(HttpMethod.Put, path, Key, TestApi.Json(json));

    public Task<Answer> Post(string path, string json) => Api.Send(HttpMethod.Post, path, Key, TestApi.Json(json));

    public Task<Answer> PostEvents(params string[] events) => Post("/v1/events", $"[{string.Join(",", events)}]");

    public async Task PutProduct(string code, string dimensions = Dimensions)
    {
        var answer = await Put(
            $"/v1/products/{Uri.EscapeDataString(code)}",
            $$"""{ "name": "Product", "dimensions": { {{dimensions}} } }""");
        Assert.True(answer.Status == 200, answer.Text);
    }

    /// <summary>Spells a good event.</summary>
    public static string Event(string id, string customer = "c", string quantity = "1", string more = "")
    {
        var (name, of) = (Text(id), Text(customer));
        var start = $$"""{"id":{{name}},"product":"p","customer":{{of}},"dimension":"calls","quantity":""";
        return start + quantity + more + "}";
    }

    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
