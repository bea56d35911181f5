#nullable enable
using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>What an error answer says.</summary>
/// <param name="Code">The short name of the error, or null if the answer has none.</param>
/// <param name="Message">The service's message, or what can be said instead.</param>
/// <param name="RequestId">The id that the service gave the request, if any.</param>
/// <param name="Status">The HTTP status of the answer.</param>
internal sealed record ServiceError(string? Code, string Message, string? RequestId, HttpStatusCode Status)
{
    private const int QuotedBytesMax = 512;

    /// <summary>What AWSSDK.Core made of the answer.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whose fault it is: AWS JSON doesn't say.</summary>
    public ErrorType Type => ErrorType.Unknown;

    /// <summary>
    /// Reads an error of AWS JSON 1.1: its code is the body's <c>__type</c>, else the header
    /// <c>x-amzn-ErrorType</c>, else the body's <c>code</c>; its message the body's <c>message</c>.
    /// </summary>
    public static ServiceError Parse(ReadOnlyMemory<byte> body, IWebResponseData response)
    {
        var members = Members(body);
        var code = ShortName(
            First(members.GetValueOrDefault("__type"), Header(response, "x-amzn-ErrorType"),
                members.GetValueOrDefault("code"), members.GetValueOrDefault("Code")));
        var message = First(
            Header(response, "x-amzn-error-message"),
            members.GetValueOrDefault("message"), members.GetValueOrDefault("Message"));
        var requestId = Header(response, "x-amzn-RequestId");
        return new ServiceError(code, message ?? Quote(response, body), requestId, response.StatusCode);
    }

    private static Dictionary<string, string> Members(ReadOnlyMemory<byte> body)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return members;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String)
                    members[member.Name] = member.Value.GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Proxies and load balancers answer in HTML, or not at all, or in no UTF-8: the status is all there is to
            // go by then.
            members.Clear();
        }

        return members;
    }

    // "com.amazonaws.x#ThrottlingException:http://docs/" is a ThrottlingException.
    private static string? ShortName(string? type) => type?.Split(':')[0].Split('#')[^1];

    private static string? First(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!string.IsNullOrEmpty(candidate))
                return candidate;
        }

        return null;
    }

    private static string? Header(IWebResponseData response, string name) =>
        response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;

    private static string Quote(IWebResponseData response, ReadOnlyMemory<byte> body)
    {
        var status = $"The service answered HTTP {(int)response.StatusCode} without a message";
        return body.IsEmpty
            ? status + " and without a body."
            : $"{status}: {Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, QuotedBytesMax)])}";
    }
}
