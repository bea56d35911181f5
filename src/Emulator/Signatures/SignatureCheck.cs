using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// Verifies AWS Signature Version 4 in the header, with the errors of AWS's JSON services. Which headers are signed is
/// read from the request. Clients go by the real time, so this does too.
/// </summary>
internal sealed class SignatureCheck(IEnumerable<AccessKey> accessKeys, TimeProvider time)
{
    public const string ServiceName = "aws-marketplace";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, AccessKey> _accessKeys =
        accessKeys.ToDictionary(key => key.AccessKeyId, StringComparer.Ordinal);
    private readonly SigningKeys _signingKeys = new();

    /// <summary>Who signed, or why the signature is not accepted.</summary>
    public (ServiceError? Error, Caller? Caller) Check(SignedRequest request)
    {
        if (request.Text("Authorization") is not { } text)
            return (new("MissingAuthenticationTokenException", "Missing Authentication Token"), null);
        var (unreadable, header) = AuthorizationHeader.Read(text);
        if (unreadable is not null) return (unreadable, null);
        var error = CheckHeaders(request, header!) ?? CheckScope(header!);
        if (error is not null) return (error, null);
        if (!_accessKeys.TryGetValue(header!.AccessKeyId, out var accessKey) || !HasToken(request, accessKey))
        {
            return (new(
                "UnrecognizedClientException", "The security token included in the request is invalid."), null);
        }

        var sent = DateOf(request)!.Value.ToString(TimeFormat, CultureInfo.InvariantCulture);
        error = CheckTime(request, header) ?? CheckSignature(request, header, accessKey, sent);
        return error is null
            ? (null, new Caller(accessKey.AccountId, header.Region, accessKey.AccessKeyId))
            : (error, null);
    }

    private static ServiceError? CheckHeaders(SignedRequest request, AuthorizationHeader header)
    {
        if (DateOf(request) is null)
        {
            return new(
                "IncompleteSignatureException",
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                + $"Authorization={request.Text("Authorization")}");
        }

        return header.SignedHeaders.Contains("host", StringComparer.Ordinal)
            ? null
            : Invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private static ServiceError? CheckScope(AuthorizationHeader header)
    {
        if (!string.Equals(header.Service, ServiceName, StringComparison.Ordinal))
            return Invalid($"Credential should be scoped to correct service: '{ServiceName}'. ");
        if (header.Region.Length == 0) return Invalid("Credential should be scoped to a valid region. ");
        return header.Terminator is "aws4_request"
            ? null
            : Invalid(
                $"Credential should be scoped with a valid terminator: 'aws4_request', not '{header.Terminator}'.");
    }

    private ServiceError? CheckTime(SignedRequest request, AuthorizationHeader header)
    {
        var (sent, now) = (DateOf(request)!.Value, time.GetUtcNow());
        var day = sent.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (!string.Equals(header.Date, day, StringComparison.Ordinal))
            return Invalid($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + $"'{header.Date}' != '{day}', from '{Text(sent)}'.");
        if (sent < now - Tolerance)
        {
            return Invalid(
                $"Signature expired: {Text(sent)} is now earlier than {Text(now - Tolerance)} ({Text(now)} - 15 min.)");
        }

        return sent > now + Tolerance
            ? Invalid(
                $"Signature not yet current: {Text(sent)} is still later than {Text(now + Tolerance)} "
                + $"({Text(now)} + 15 min.)")
            : null;
    }

    private ServiceError? CheckSignature(
        SignedRequest request,
        AuthorizationHeader header,
        AccessKey accessKey,
        string sent)
    {
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        if (request.Text("x-amz-content-sha256") is { } claimed
            && !string.Equals(claimed, bodyHash, StringComparison.Ordinal))
        {
            return Invalid("The value passed in as x-amz-content-sha256 does not match the hash of the body.");
        }

        var canonical = request.Canonical(header.SignedHeaders, bodyHash);
        var canonicalHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var toSign = $"{AuthorizationHeader.Algorithm}\n{sent}\n{header.Scope}\n{canonicalHash}";
        var key = _signingKeys.Of(accessKey.SecretAccessKey, header.Date, header.Region, header.Service);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(header.Signature))
            ? null
            : Invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                + "Access Key and signing method. Consult the service documentation for details.\n\n"
                + $"The Canonical String for this request should have been\n'{canonical}'\n\n"
                + $"The String-to-Sign should have been\n'{toSign}'\n");
    }

    private static bool HasToken(SignedRequest request, AccessKey accessKey) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Text("x-amz-security-token") ?? string.Empty),
        Encoding.UTF8.GetBytes(accessKey.SessionToken ?? string.Empty));

    private static DateTimeOffset? DateOf(SignedRequest request) =>
        DateTimeOffset.TryParseExact(
            request.Text("x-amz-date"),
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var amazon)
            ? amazon
            : request.Text("x-amz-date") is null
            && DateTimeOffset.TryParseExact(
                request.Text("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var http)
                ? http
                : null;

    private static string Text(DateTimeOffset moment) => moment.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static ServiceError Invalid(string message) => new("InvalidSignatureException", message);
}
