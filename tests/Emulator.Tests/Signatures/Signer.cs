using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>Signs requests as the documentation of Signature Version 4 says, without the code that verifies.</summary>
internal sealed record Signer
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);

    public static readonly AccessKey Key = new()
    {
        AccessKeyId = "AKIDEXAMPLE",
        SecretAccessKey = Secret,
        AccountId = "111122223333",
    };

    public string Method { get; init; } = "POST";

    public string Path { get; init; } = "/";

    public string Query { get; init; } = string.Empty;

    public string Body { get; init; } = """{"UsageRecords":[]}""";

    public DateTimeOffset Time { get; init; } = Now;

    public string Service { get; init; } = "aws-marketplace";

    public string Region { get; init; } = "eu-west-1";

    public string? Token { get; init; }

    public string DateHeader { get; init; } = "x-amz-date";

    /// <summary>How the header has the time; null: as it is signed.</summary>
    public string? DateText { get; init; }

    public string AccessKeyId { get; init; } = Key.AccessKeyId;

    /// <summary>The request with its signature; headers by name, to be changed before they are sent.</summary>
    public (SignedRequest Request, Dictionary<string, string> Headers) Sign()
    {
        var stamp = Time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["content-type"] = "application/x-amz-json-1.1",
            ["host"] = "localhost:4600",
            [DateHeader] = DateText ?? stamp,
            ["x-amz-target"] = "AWSMPMeteringService.BatchMeterUsage",
        };
        if (Token is not null) headers["x-amz-security-token"] = Token;
        var names = string.Join(
            ';', headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        var lines = string.Concat(
            headers.OrderBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)
                .Select(header => $"{header.Key.ToLowerInvariant()}:{header.Value}\n"));
        var canonical = $"{Method}\n{Path}\n{Query}\n{lines}\n{names}\n{Hash(Body)}";
        var scope = $"{stamp[..8]}/{Region}/{Service}/aws4_request";
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(
            key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hash(canonical)}")));
        headers["authorization"] =
            $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
        return (RequestOf(headers), headers);
    }

    public SignedRequest RequestOf(IReadOnlyDictionary<string, string> headers) =>
        new(Method, Path, Query, Encoding.UTF8.GetBytes(Body))
        {
            Header = name => headers.TryGetValue(name, out var value) ? [value] : [],
        };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
