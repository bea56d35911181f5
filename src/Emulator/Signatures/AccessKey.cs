namespace Tally.Emulator;

/// <summary>An access key that calls may be signed with, and the account that it belongs to.</summary>
public sealed record AccessKey
{
    /// <summary>How many digits an account's id has.</summary>
    internal const int AccountIdLength = 12;

    /// <summary>The id, as it is sent: 1 to 128 characters.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret that signatures are made with; never sent.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>
    /// The AWS account whose key it is: 12 digits. Default: the account that everything belongs to which names none.
    /// </summary>
    public string AccountId { get; init => field = value ?? field; } = EmulatorOptions.DefaultAccountId;

    /// <summary>The session token that calls must carry with it, not empty; null: they must carry none.</summary>
    public string? SessionToken { get; init; }

    internal IEnumerable<string> Mistakes()
    {
        if (AccessKeyId is not { Length: > 0 and <= 128 } || AccessKeyId.AsSpan().ContainsAny("/, ="))
            yield return $"The access key id '{AccessKeyId}' must have 1 to 128 characters without '/', ',', '='.";
        if (string.IsNullOrEmpty(SecretAccessKey))
            yield return $"The access key '{AccessKeyId}' must have a secret.";
        if (AccountId.Length != AccountIdLength || !AccountId.All(char.IsAsciiDigit))
            yield return $"The account '{AccountId}' of the access key '{AccessKeyId}' must be 12 digits.";
        if (SessionToken is { Length: 0 })
            yield return $"The session token of the access key '{AccessKeyId}' is empty; leave it out for none.";
    }
}
