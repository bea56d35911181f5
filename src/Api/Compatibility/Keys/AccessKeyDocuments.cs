using Tally.Contracts.Tenants;

namespace Tally.Api.Compatibility.Keys;

/// <summary>An access key pair as somebody wants it.</summary>
/// <param name="Name">A name for people, 1 to 255 characters.</param>
/// <param name="Scopes">
/// What it may do, at least one of the scopes; <c>ingest</c> when left out, which is what metering needs. Only scopes
/// that the key which asks has itself.
/// </param>
internal sealed record AccessKeyRequest(string? Name = null, IReadOnlyList<string>? Scopes = null);

/// <summary>An access key pair.</summary>
/// <param name="AccessKeyId">Its id, which is no secret.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SecretAccessKey">What AWS's clients sign with; shown once, when the pair is made.</param>
internal sealed record AccessKeyAnswer(
    string AccessKeyId,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string? SecretAccessKey)
{
    /// <summary>Shows a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="secret">Its secret, when it was just made.</param>
    /// <returns>The answer.</returns>
    public static AccessKeyAnswer Of(ApiKeyInfo pair, string? secret = null) =>
        new(pair.KeyId, pair.Name, pair.Scopes, pair.CreatedAt, secret);
}

/// <summary>The access key pairs of a tenant.</summary>
/// <param name="AccessKeys">The pairs, without their secrets.</param>
internal sealed record AccessKeyListAnswer(IReadOnlyList<AccessKeyAnswer> AccessKeys);
