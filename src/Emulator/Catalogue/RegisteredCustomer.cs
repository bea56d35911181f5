namespace Tally.Emulator.Catalogue;

/// <summary>Who stands behind a registration token, and until when.</summary>
internal sealed record RegisteredCustomer
{
    /// <summary>The account of the seller who may resolve the token.</summary>
    public string SellerAccountId { get; init => field = value ?? field; } = EmulatorOptions.DefaultAccountId;

    public required string ProductCode { get; init; }

    public string? CustomerIdentifier { get; init; }

    public string? CustomerAWSAccountId { get; init; }

    public string? LicenseArn { get; init; }

    public string? AgreementId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
