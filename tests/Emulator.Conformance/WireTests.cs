using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance;

/// <summary>Every case of the wire, byte by byte over HTTP.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private Stage.Stage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        var needed = new Case("wire", string.Empty, string.Empty, Say.Batch(Say.Works(), Say.Record()));
        _stage = await Stage.Stage.StartAsync(
            World.Today,
            [.. WireCases.List.Index().Select(place => (AccountAt(place.Index), needed))]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task EveryCase_OnTheWire_GivesWhatIsExpected()
    {
        var problems = new List<string>();
        foreach (var (place, item) in WireCases.List.Index())
        {
            if (await ProblemOfAsync(item, AccountAt(place)) is { } problem)
                problems.Add($"{item.Id}: {problem}");
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static string AccountAt(int place) =>
        (100_000_000_000L + place).ToString(CultureInfo.InvariantCulture);

    private async Task<string?> ProblemOfAsync(WireCase item, string account)
    {
        using var request = RequestOf(item, account);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var body = JsonSerializer.Deserialize<JsonElement>(text);
        var code = body.TryGetProperty("__type", out var type) ? type.GetString() : null;
        if (!string.Equals(code, item.Code, StringComparison.Ordinal))
            return $"expected {item.Code ?? "success"}, got {text}";
        if ((int)response.StatusCode != (item.Code is null ? 200 : 400)) return $"got status {response.StatusCode}";
        if (!text.Contains(item.Contains, StringComparison.Ordinal)) return $"expected {item.Contains} in {text}";
        if (code is not null && body.GetProperty("message").GetString() is null or "") return "got no message";
        if (!response.Headers.TryGetValues("x-amzn-RequestId", out var ids) || !Guid.TryParse(ids.Single(), out _))
            return "got no x-amzn-RequestId";
        var asked = item.ContentType?.Split(';')[0];
        var wanted = asked is "application/x-amz-json-1.0" ? asked : "application/x-amz-json-1.1";
        return response.Content.Headers.ContentType?.MediaType == wanted
            ? null
            : $"got the content type {response.Content.Headers.ContentType}";
    }

    private HttpRequestMessage RequestOf(WireCase item, string account)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _stage.Endpoint);
        request.Content = new ByteArrayContent([.. item.Body]);
        if (item.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (item.Target is { } target) request.Headers.Add("X-Amz-Target", target);
        request.Headers.TransferEncodingChunked = item.IsChunked;
        _ = request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={account}/20261123/us-east-1/aws-marketplace/aws4_request, "
            + "SignedHeaders=host, Signature=none");
        return request;
    }
}
