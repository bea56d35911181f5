using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tally.Emulator.Tests.Hosting;

/// <summary>Calls an emulator as an SDK does: over HTTP, in AWS JSON, and without its types.</summary>
internal sealed class MeteringCaller(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    public Task<Reply> MeterAsync(string body, string contentType = "application/x-amz-json-1.1") =>
        CallAsync("AWSMPMeteringService.BatchMeterUsage", body, contentType);

    public Task<Reply> MeterAsync(string productCode, params object[] records) =>
        MeterAsync(JsonSerializer.Serialize(new { ProductCode = productCode, UsageRecords = records }));

    public Task<Reply> ResolveAsync(string token) => CallAsync(
        "AWSMPMeteringService.ResolveCustomer", JsonSerializer.Serialize(new { RegistrationToken = token }));

    /// <summary>Sends blanks as a body, in chunks when <paramref name="isChunked"/>.</summary>
    public async Task<Reply> MeterBlanksAsync(int bytes, bool isChunked)
    {
        var blanks = new byte[bytes];
        Array.Fill(blanks, (byte)' ');
        using var content = new ByteArrayContent(blanks);
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.Add("X-Amz-Target", "AWSMPMeteringService.BatchMeterUsage");
        using var response = await _http.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    public async Task<Reply> CallAsync(string target, string body, string contentType = "application/x-amz-json-1.1")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        using var response = await _http.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    /// <summary>Calls an operation with headers of one's own.</summary>
    public async Task<Reply> CallAsync(string operation, object body, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", $"AWSMPMeteringService.{operation}");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        return await Reply.OfAsync(response);
    }

    public void Dispose() => _http.Dispose();
}
