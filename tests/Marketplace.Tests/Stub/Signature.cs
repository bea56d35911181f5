using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Amazon.AWSMarketplaceMetering.Tests.Stub;

/// <summary>AWS Signature Version 4 as the receiving side checks it, from AWS's description of the procedure.</summary>
internal sealed partial record Signature(string KeyId, string Scope, string SignedHeaders, string Value)
{
    public static Signature Of(Received request)
    {
        var match = Pattern().Match(request.Header("Authorization"));
        return new Signature(
            match.Groups["key"].Value, match.Groups["scope"].Value,
            match.Groups["headers"].Value, match.Groups["value"].Value);
    }

    /// <summary>Signs the request again, with the same headers and scope.</summary>
    public string Recomputed(Received request, string secret)
    {
        var headers = SignedHeaders.Split(';').Select(name => $"{name}:{request.Header(name).Trim()}\n");
        var canonical = string.Join(
            '\n', request.Method, request.Path, "", string.Concat(headers), SignedHeaders, Sha256(request.Body));
        var toSign = string.Join(
            '\n', "AWS4-HMAC-SHA256", request.Header("X-Amz-Date"), Scope, Sha256(Encoding.UTF8.GetBytes(canonical)));
        var key = Scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secret),
            (derived, part) => HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    public static string Sha256(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));

    [GeneratedRegex(
        "^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), "
        + "SignedHeaders=(?<headers>[^,]+), Signature=(?<value>.+)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
