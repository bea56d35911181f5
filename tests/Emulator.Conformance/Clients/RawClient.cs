using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>Bytes on the wire, without any SDK: it can say everything, but it doesn't sign.</summary>
internal sealed class RawClient : IClient
{
    public string Name => "plain HTTP";

    public string ShortName => "HTTP";

    public Task<string?> MissingAsync() => Task.FromResult<string?>(null);

    public Task<ClientModel> DescribeAsync() => Task.FromResult(new ClientModel((string?)null) { Signs = false });

    public async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<Job> jobs)
    {
        using var http = new HttpClient();
        var all = new List<IReadOnlyList<Outcome>>();
        foreach (var job in jobs)
        {
            var outcomes = new List<Outcome>();
            foreach (var call in job.Calls)
                outcomes.Add(await OutcomeOfAsync(http, job, call));
            all.Add(outcomes);
        }

        return all;
    }

    /// <summary>A request of that operation in that account and region.</summary>
    public static HttpRequestMessage RequestOf(Job job, string operation, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, job.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSMPMeteringService.{operation}");
        _ = request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={job.AccessKey}/20261123/{job.Region}/aws-marketplace/aws4_request, "
            + "SignedHeaders=host, Signature=none");
        return request;
    }

    private static async Task<Outcome> OutcomeOfAsync(HttpClient http, Job job, JobCall call)
    {
        if (!job.AccessKey.All(char.IsAsciiDigit) || job.Secret is not "secret")
            return new Outcome { Cannot = "it doesn't sign" };
        using var request = RequestOf(job, call.Operation, Encoding.UTF8.GetBytes(call.Parameters.ToJsonString()));
        foreach (var (name, value) in call.Headers)
            request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        var body = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        if (body.TryGetProperty("__type", out var type) && type.GetString() is "IncompleteSignatureException"
            or "InvalidSignatureException")
        {
            return new Outcome { Cannot = "it doesn't sign" };
        }

        return new Outcome
        {
            Status = (int)response.StatusCode,
            Code = body.TryGetProperty("__type", out var code) ? code.GetString() : null,
            Message = body.TryGetProperty("message", out var message) ? message.GetString() : null,
            Result = body,
        };
    }
}
