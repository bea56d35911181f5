using System.Text.Json;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class RoutingTests(ApiStage stage)
{
    public static TheoryData<string> OddNames =>
    [
        "a/b", "/", "//", "a%2Fb", "%", "%25", ".", "..", "...", "./..", "a b", "a+b", "a?b=c", "a#b", "\"quoted\"",
        "'", "<script>", "Grüße", "漢字", "😀", "\u0001\n\t", "a|b|c", "null", "usage", "a\\b", "{customer}", "\uFFFD",
        "e\u0301", "é", new string('x', 255),
    ];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task Customer_OfAnyName_IsTheSameInEventsAndPaths(string customer)
    {
        var seller = await stage.NewSeller(product: "a/b=:_.@c");
        var posted = await seller.PostEvents(
            Seller.Event("1", customer).Replace("\"p\"", "\"a/b=:_.@c\"", StringComparison.Ordinal));
        Assert.Equal(1, posted.Json.GetProperty("accepted").GetInt32());

        var path = $"/v1/products/a%2Fb%3d:_.@c/customers/{Escape(customer)}";
        var usage = await seller.Get(path + "/usage");
        Assert.True(usage.Status == 200, usage.Text);
        Assert.Equal(customer, usage.Json.GetProperty("customer").GetString());
        Assert.Equal(1, usage.Json.GetProperty("open")[0].GetProperty("events").GetInt32());

        var put = await seller.Put(path, """{"name":"Somebody"}""");
        Assert.True(put.Status == 200, put.Text);
        Assert.Equal(customer, (await seller.Get(path)).Json.GetProperty("customerIdentifier").GetString());
        var list = await seller.Get("/v1/products/a%2Fb%3D:_.@c/customers");
        Assert.Equal(customer, Assert.Single(list.Json.GetProperty("customers").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("%C3%28")]
    [InlineData("%ED%A0%80")]
    [InlineData("%ZZ")]
    [InlineData("a%2")]
    public async Task Customer_NotUtf8_IsInvalid(string segment)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Get($"/v1/products/p/customers/{segment}");

        Assert.Equal((400, "invalid_parameter"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx")]
    public async Task Customer_TooLong_IsInvalid(string more)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Get($"/v1/products/p/customers/{new string('x', 254)}{more}");

        Assert.Equal(more.Length == 0 ? 404 : 400, answer.Status);
    }

    [Theory]
    [InlineData("GET", "/nope")]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/nope")]
    [InlineData("GET", "/v1/products/p/nope")]
    [InlineData("GET", "/v1/products/p/customers/c/usage/more")]
    [InlineData("PUT", "/v1/products//p")]
    [InlineData("GET", "/v1/products/../../health/live")]
    [InlineData("POST", "/index.html")]
    public async Task Any_UnknownRoute_IsAProblemDocument(string method, string path)
    {
        var seller = await stage.NewSeller();
        var answer = await stage.Api.Send(new HttpMethod(method), path, seller.Key);

        Assert.Equal((404, "unknown_route"), (answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/v1/events", "POST")]
    [InlineData("DELETE", "/v1/products/p", "PUT, GET")]
    [InlineData("PATCH", "/v1/products/p/customers/c", "PUT, GET")]
    [InlineData("POST", "/v1/products/p/status", "GET")]
    [InlineData("PUT", "/v1/keys", "POST, GET")]
    public async Task Any_WrongMethod_IsAProblemDocument(string method, string path, string allow)
    {
        var answer = await stage.Api.Send(new HttpMethod(method), path, key: null);

        Assert.Equal((405, "method_not_allowed"), (answer.Status, answer.Code));
        Assert.Equal(allow, string.Join(", ", answer.ContentHeaders.Allow));
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_NoKey_IsAnswered(string path, string text)
    {
        var answer = await stage.Api.Send(HttpMethod.Get, path, key: null);

        Assert.Equal((200, text), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Document_Asked_DescribesEveryOperationAndParses()
    {
        var answer = await stage.Api.Send(HttpMethod.Get, "/openapi/v1.json", key: null);
        Assert.Equal(200, answer.Status);
        var operations = answer.Json.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value)
            .ToList();

        Assert.Equal(42, operations.Count);
        foreach (var operation in operations)
        {
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.Contains("scope", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
            Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _));
            Assert.Equal(JsonValueKind.Array, operation.GetProperty("security").ValueKind);
        }
    }

    [Fact]
    public async Task Pages_Asked_LoadNothingFromElsewhere()
    {
        var home = await stage.Api.Send(HttpMethod.Get, "/", key: null);
        var docs = await stage.Api.Send(HttpMethod.Get, "/docs/", key: null);
        var script = await stage.Api.Send(HttpMethod.Get, "/docs/scalar.js", key: null);

        Assert.Equal((200, 200, 200), (home.Status, docs.Status, script.Status));
        Assert.DoesNotContain("://", home.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("://", docs.Text, StringComparison.Ordinal);
        foreach (var link in (string[])["docs/", "openapi/v1.json", "health/ready", "health/live"])
        {
            Assert.Contains($"href=\"{link}\"", home.Text, StringComparison.Ordinal);
            Assert.Equal(200, (await stage.Api.Send(HttpMethod.Get, "/" + link, key: null)).Status);
        }
    }

    [Fact]
    public async Task Pages_TurnedOff_AreUnknownRoutes()
    {
        await using var api = await stage.Open(options => options.Pages = false);

        Assert.Equal(404, (await api.Send(HttpMethod.Get, "/", key: null)).Status);
        Assert.Equal(404, (await api.Send(HttpMethod.Get, "/openapi/v1.json", key: null)).Status);
        Assert.Equal(200, (await api.Send(HttpMethod.Get, "/health/live", key: null)).Status);
    }

    private static string Escape(string text) =>
        Uri.EscapeDataString(text).Replace(".", "%2E", StringComparison.Ordinal);
}
