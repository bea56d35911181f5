using System.Net;
using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Tally.Grains.Tests.Hosting;

/// <summary>Errors as the SDK throws them.</summary>
internal static class AwsErrors
{
    private const string ThrottlingCode = "ThrottlingException";

    public static ThrottlingException Throttling() => new("slow down") { ErrorCode = ThrottlingCode };

    public static ThrottlingException Throttling(string retryAfter) => new(
        "slow down",
        new HttpErrorResponseException(new Answer(retryAfter)),
        ErrorType.Unknown,
        ThrottlingCode,
        "request-1",
        HttpStatusCode.BadRequest);

    public static DisabledApiException Disabled() => new("off") { ErrorCode = "DisabledApiException" };

    public static AmazonAWSMarketplaceMeteringException Of(string code) => new("no") { ErrorCode = code };

    /// <summary>An answer with one header.</summary>
    private sealed class Answer(string retryAfter) : IWebResponseData
    {
        public long ContentLength => 0;

        public string ContentType => "application/x-amz-json-1.1";

        public HttpStatusCode StatusCode => HttpStatusCode.BadRequest;

        public bool IsSuccessStatusCode => false;

        public IHttpResponseBody ResponseBody => throw new NotSupportedException();

        public string[] GetHeaderNames() => ["Retry-After"];

        public bool IsHeaderPresent(string headerName) => GetHeaderValue(headerName).Length > 0;

        public bool IsEventHeaderPresent(string headerName) => false;

        public IEventStreamHeader GetEventStreamHeader(string headerName) => throw new NotSupportedException();

        public string GetHeaderValue(string headerName) =>
            string.Equals(headerName, "retry-after", StringComparison.OrdinalIgnoreCase) ? retryAfter : "";
    }
}
