using System.Text.Json.Serialization;

namespace Tally.Api.Customers;

/// <summary>Who a customer is, as the product's owner writes it.</summary>
/// <param name="Name">A name for people, at most 255 characters.</param>
/// <param name="CustomerIdentifier">
/// What ResolveCustomer gave, 1 to 255 characters. Without this and without an account id it is the customer's own
/// name.
/// </param>
/// <param name="CustomerAwsAccountId">The buyer's AWS account id, digits; instead of an identifier.</param>
/// <param name="LicenseArn">The licence of the agreement; only with an account id.</param>
internal sealed record CustomerRequest(
    string? Name = null,
    string? CustomerIdentifier = null,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId = null,
    string? LicenseArn = null);

/// <summary>Who a customer is.</summary>
/// <param name="Customer">What events call the customer.</param>
/// <param name="Name">A name for people.</param>
/// <param name="CustomerIdentifier">How AWS knows the buyer, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id.</param>
/// <param name="LicenseArn">The licence of the agreement.</param>
internal sealed record CustomerAnswer(
    string Customer,
    string? Name,
    string? CustomerIdentifier,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId,
    string? LicenseArn);

/// <summary>A page of customers.</summary>
/// <param name="Customers">Their names, in ordinal order.</param>
/// <param name="Next">What to send as <c>after</c> to get the next page; absent on the last.</param>
internal sealed record CustomerListAnswer(IReadOnlyList<string> Customers, string? Next);
