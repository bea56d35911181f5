namespace Tally.Domain.Catalogue;

/// <summary>
/// How AWS knows a buyer: by customer identifier, or by AWS account id and licence. Source: the service model,
/// UsageRecord, which takes one or the other.
/// </summary>
/// <param name="CustomerIdentifier">The identifier that ResolveCustomer gave; null with an account id.</param>
/// <param name="AwsAccountId">The buyer's AWS account id; null with an identifier.</param>
/// <param name="LicenseArn">The licence of the agreement; only with an account id.</param>
public sealed record CustomerIdentity(string? CustomerIdentifier, string? AwsAccountId, string? LicenseArn);
