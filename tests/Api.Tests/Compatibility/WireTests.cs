using System.Net.Http.Headers;
using System.Text;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Compatibility;

/// <summary>What AWS's clients never send, and others do.</summary>
public sealed class WireTests(AwsStage stage) : IClassFixture<AwsStage>
{
    private const string Signed = "SignedHeaders=host;x-amz-date;x-amz-target";
    private static readonly string Signature = $"Signature={new string('0', 64)}";

    [Fact]
    public async Task Post_WithoutSignature_IsRefusedAsAwsDoes()
    {
        var answer = await Send(null);

        Assert.Equal(400, answer.Status);
        Assert.Equal("application/x-amz-json-1.1", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal("MissingAuthenticationTokenException", answer.Json.GetProperty("__type").GetString());
        Assert.True(Guid.TryParse(answer.Headers.GetValues("x-amzn-RequestId").Single(), out _));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA512 x", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, Credential=a/b", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0", "IncompleteSignatureException")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/20261122/r/s3/aws4_request, SignedHeaders=host, Signature=0",
        "InvalidSignatureException")]
    public async Task Post_UnreadableSignature_IsRefused(string authorization, string error) =>
        Assert.Equal(error, (await Send(authorization)).Json.GetProperty("__type").GetString());

    [Theory]
    [InlineData(null, "IncompleteSignatureException")]
    [InlineData("yesterday", "IncompleteSignatureException")]
    [InlineData("20200101T000000Z", "InvalidSignatureException")]
    [InlineData("21000101T000000Z", "InvalidSignatureException")]
    public async Task Post_OtherTimes_AreRefused(string? time, string error)
    {
        var date = time is { Length: > 8 } ? time[..8] : "20261122";
        var answer = await Send(
            $"AWS4-HMAC-SHA256 Credential=a/{date}/r/aws-marketplace/aws4_request, {Signed}, {Signature}", time);

        Assert.Equal(error, answer.Json.GetProperty("__type").GetString());
    }

    [Theory]
    [InlineData("SignedHeaders=host;x-amz-date")]
    [InlineData("SignedHeaders=host;x-amz-target")]
    [InlineData("SignedHeaders=x-amz-date;x-amz-target")]
    public async Task Post_SomethingUnsigned_IsRefused(string headers)
    {
        var now = stage.Api.Time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", null);
        var answer = await Send(
            $"AWS4-HMAC-SHA256 Credential=a/{now[..8]}/r/aws-marketplace/aws4_request, {headers}, {Signature}", now);

        Assert.Contains("must be a signed header", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnknownAccessKey_IsRefused()
    {
        var now = stage.Api.Time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", null);
        foreach (var id in new[] { "a", $"TALLY{new string('0', 24)}" })
        {
            var answer = await Send(
                $"AWS4-HMAC-SHA256 Credential={id}/{now[..8]}/r/aws-marketplace/aws4_request, {Signed}, {Signature}",
                now);

            Assert.Equal("UnrecognizedClientException", answer.Json.GetProperty("__type").GetString());
        }
    }

    [Fact]
    public async Task Post_LargeBody_IsRefused()
    {
        var answer = await Send(null, body: new string(' ', (1024 * 1024) + 1));

        Assert.Equal("RequestEntityTooLargeException", answer.Json.GetProperty("__type").GetString());
    }

    private async Task<Answer> Send(string? authorization, string? time = null, string body = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, stage.Api.Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSMPMeteringService.BatchMeterUsage");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        using var response = await stage.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
