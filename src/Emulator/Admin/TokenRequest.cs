namespace Tally.Emulator.Admin;

/// <summary>Who a registration token is to stand for.</summary>
internal sealed record TokenRequest(
    string? ProductCode,
    string? CustomerIdentifier,
    string? CustomerAWSAccountId,
    string? LicenseArn);

/// <summary>The token, and when it expires.</summary>
internal sealed record TokenReply(string Token, DateTimeOffset ExpiresAt);
