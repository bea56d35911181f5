using System.Text.Json;

namespace Tally.Emulator.Tests.Hosting;

/// <summary>An HTTP answer, read whole.</summary>
internal sealed record Reply(int Status, string? ContentType, string? RequestId, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string? ErrorCode => Json.GetProperty("__type").GetString();

    public string? Message => Json.GetProperty("message").GetString();

    /// <summary>The statuses of the records, in their order.</summary>
    public string?[] Statuses =>
        [.. Json.GetProperty("Results").EnumerateArray().Select(item => item.GetProperty("Status").GetString())];

    public string?[] RecordIds =>
    [
        .. Json.GetProperty("Results").EnumerateArray().Select(
            item => item.TryGetProperty("MeteringRecordId", out var id) ? id.GetString() : null),
    ];

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        response.Headers.TryGetValues("x-amzn-RequestId", out var values) ? values.Single() : null,
        await response.Content.ReadAsStringAsync());
}
