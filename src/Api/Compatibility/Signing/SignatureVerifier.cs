using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tally.Api.Compatibility.Keys;
using Tally.Api.Compatibility.Wire;
using Tally.Contracts.Tenants;

namespace Tally.Api.Compatibility.Signing;

/// <summary>
/// Verifies AWS Signature Version 4 in the header: who signed, that nothing that counts was changed since, and that it
/// wasn't long ago. A request that is repeated within that time changes nothing, as its records are known.
/// </summary>
/// <param name="ring">Whose access keys there are.</param>
/// <param name="time">The clock that clients have too; not the one of metering.</param>
internal sealed class SignatureVerifier(AccessKeyRing ring, TimeProvider time)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    /// <summary>What must be signed, so that nobody can use a signature for another call or another place.</summary>
    private static readonly string[] MustBeSigned = ["host", "x-amz-date", "x-amz-target"];

    /// <summary>Verifies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body, as it was sent.</param>
    /// <param name="stop">When the request is given up.</param>
    /// <returns>Whose access key it is signed with, or why it isn't accepted.</returns>
    public async ValueTask<(ApiKeyIdentity? Caller, AwsError? Error)> Verify(
        HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var (header, unreadable) = SignatureHeader.Read(request.Headers.Authorization);
        if (header is null)
        {
            return (null, unreadable);
        }

        if (CheckScope(request, header) is { } misplaced)
        {
            return (null, misplaced);
        }

        if (await ring.Find(header.AccessKeyId) is not { } caller)
        {
            return (null, new(
                "UnrecognizedClientException", "The security token included in the request is invalid."));
        }

        var secret = await ring.SecretOf(header.AccessKeyId, stop);
        var expected = Sign(request, header, body.Span, secret);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(header.Signature))
            ? (caller, null)
            : (null, Invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS "
                + "Secret Access Key and signing method. A proxy must leave the Host header as it is."));
    }

    private static AwsError Invalid(string message) => new("InvalidSignatureException", message);

    private AwsError? CheckScope(HttpRequest request, SignatureHeader header)
    {
        string sentAt = request.Headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(
            sentAt, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent))
        {
            return SignatureHeader.Incomplete("The header X-Amz-Date must be there, as 20261122T102030Z.");
        }

        var now = time.GetUtcNow();
        if (sent < now - SkewMax || sent > now + SkewMax)
        {
            var word = sent < now ? "Signature expired" : "Signature not yet current";
            return Invalid(
                $"{word}: {sentAt} is more than 15 minutes from "
                + $"{now.ToString(TimeFormat, CultureInfo.InvariantCulture)}, the time here.");
        }

        if (header.Date != sentAt[..8])
        {
            return Invalid("Date in Credential scope does not match the day of X-Amz-Date.");
        }

        if (MustBeSigned.FirstOrDefault(name => !header.SignedHeaders.Contains(name)) is { } unsigned)
        {
            return Invalid($"'{unsigned}' must be a signed header.");
        }

        return request.QueryString.HasValue ? Invalid("There must be no query.") : null;
    }

    /// <summary>Computes the signature that the request must have.</summary>
    private static string Sign(HttpRequest request, SignatureHeader header, ReadOnlySpan<byte> body, string secret)
    {
        var canonical = new StringBuilder(request.Method).Append('\n').Append(PathOf(request)).Append("\n\n");
        foreach (var name in header.SignedHeaders)
        {
            canonical.Append(name).Append(':').Append(ValueOf(request, name)).Append('\n');
        }

        canonical.Append('\n').AppendJoin(';', header.SignedHeaders).Append('\n')
            .Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
        var signed = $"{SignatureHeader.Algorithm}\n{request.Headers["x-amz-date"]}\n{header.Scope}\n{hash}";
        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in header.Scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>The path, encoded once more than it was sent, as all services but S3 have it.</summary>
    private static string PathOf(HttpRequest request) => string.Join(
        '/', (request.PathBase + request.Path).ToUriComponent().Split('/').Select(Uri.EscapeDataString));

    /// <summary>Blanks around a value don't count, and several in a row count as one.</summary>
    private static string ValueOf(HttpRequest request, string name) => string.Join(
        ',',
        (name == "host" ? new(request.Host.Value) : request.Headers[name]).Select(value => string.Join(
            ' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
}
