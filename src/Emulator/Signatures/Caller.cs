namespace Tally.Emulator.Signatures;

/// <summary>Who calls.</summary>
/// <param name="AccountId">The AWS account: 12 digits.</param>
/// <param name="Region">The region whose endpoint is meant.</param>
/// <param name="AccessKeyId">The access key that signed; null: none did.</param>
internal sealed record Caller(string AccountId, string Region, string? AccessKeyId);
