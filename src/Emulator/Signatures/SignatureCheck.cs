using System.Security.Cryptography;
using System.Text;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// Verifies AWS Signature Version 4 in the header, with the errors of AWS's JSON services in the order in which AWS
/// finds them. Which headers are signed is read from the request. Clients go by the real time, so this does too.
/// </summary>
/// <param name="accessKeys">The keys that may sign; no id twice.</param>
/// <param name="time">The clock that clients have too.</param>
/// <param name="service">The service that credentials must be scoped to.</param>
internal sealed class SignatureCheck(
    IEnumerable<AccessKey> accessKeys,
    TimeProvider time,
    string service = SignatureCheck.ServiceName)
{
    public const string ServiceName = "aws-marketplace";
    public const string QueueServiceName = "sqs";
    private const string Terminator = "aws4_request";

    private readonly Dictionary<string, AccessKey> _accessKeys =
        accessKeys.ToDictionary(key => key.AccessKeyId, StringComparer.Ordinal);
    private readonly SigningKeys _signingKeys = new();

    /// <summary>Who signed, or why the signature is not accepted.</summary>
    public (ServiceError? Error, Caller? Caller) Check(SignedRequest request)
    {
        var sentText = SigningTime.TextOf(request);
        var (unreadable, header) = AuthorizationHeader.Read(request.Text("Authorization"), sentText is not null);
        if (unreadable is not null) return (unreadable, null);
        var (untimely, sent) = SigningTime.Read(sentText!, time.GetUtcNow());
        if (untimely is not null) return (untimely, null);
        if (!header!.SignedHeaders.Contains("host", StringComparer.Ordinal))
            return (Invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."), null);
        if (Credential.Read(header.Credential) is not { } credential)
        {
            return (AuthorizationHeader.Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
                + $"got '{header.Credential}'"), null);
        }

        var sentAt = SigningTime.TextOf(sent);
        if (CheckScope(credential, sentAt) is { } misplaced) return (misplaced, null);
        if (!_accessKeys.TryGetValue(credential.AccessKeyId, out var accessKey) || !HasToken(request, accessKey))
        {
            return (new(
                "UnrecognizedClientException", "The security token included in the request is invalid."), null);
        }

        return CheckSignature(request, header, credential, (accessKey.SecretAccessKey, sentAt)) is { } wrong
            ? (wrong, null)
            : (null, new Caller(accessKey.AccountId, credential.Region, accessKey.AccessKeyId));
    }

    public static ServiceError Invalid(string message) => new("InvalidSignatureException", message);

    /// <summary>AWS tells all that is wrong with a scope at once.</summary>
    private ServiceError? CheckScope(Credential credential, string sent)
    {
        var mistakes = new StringBuilder();
        if (credential.Region.Length == 0)
            _ = mistakes.Append("Credential should be scoped to a valid region, not ''. ");
        if (!string.Equals(credential.Service, service, StringComparison.Ordinal))
            _ = mistakes.Append("Credential should be scoped to correct service: '").Append(service).Append("'. ");
        if (credential.Terminator is not Terminator)
        {
            _ = mistakes.Append("Credential should be scoped with a valid terminator: '").Append(Terminator)
                .Append("', not '").Append(credential.Terminator).Append("'. ");
        }

        var day = sent[..8];
        if (!string.Equals(credential.Date, day, StringComparison.Ordinal))
        {
            _ = mistakes
                .Append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '")
                .Append(credential.Date).Append("' != '").Append(day).Append("', from '").Append(sent).Append("'.");
        }

        return mistakes.Length > 0 ? Invalid(mistakes.ToString()) : null;
    }

    private ServiceError? CheckSignature(
        SignedRequest request,
        AuthorizationHeader header,
        Credential credential,
        (string Secret, string Time) signing)
    {
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        if (request.Text("x-amz-content-sha256") is { } claimed
            && !string.Equals(claimed, bodyHash, StringComparison.Ordinal))
        {
            return Invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        var canonical = request.Canonical(header.SignedHeaders, bodyHash);
        var canonicalHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var toSign = $"{AuthorizationHeader.Algorithm}\n{signing.Time}\n{credential.Scope}\n{canonicalHash}";
        var key = _signingKeys.Of(signing.Secret, credential.Date, credential.Region, credential.Service);
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
}
