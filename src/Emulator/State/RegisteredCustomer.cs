namespace Tally.Emulator.State;

/// <summary>Who stands behind a registration token, and until when.</summary>
internal sealed record RegisteredCustomer
{
    public required string ProductCode { get; init; }

    public string? CustomerIdentifier { get; init; }

    public string? CustomerAWSAccountId { get; init; }

    public string? LicenseArn { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
