namespace Tally.Emulator.Admin;

/// <summary>Who a registration token is to stand for.</summary>
internal sealed record TokenRequest
{
    public string? AccountId { get; init; }

    public string? ProductCode { get; init; }

    public string? CustomerIdentifier { get; init; }

    public string? CustomerAWSAccountId { get; init; }

    public string? LicenseArn { get; init; }

    public string? AgreementId { get; init; }
}

/// <summary>The token, and when it expires.</summary>
internal sealed record TokenReply(string Token, DateTimeOffset ExpiresAt);
