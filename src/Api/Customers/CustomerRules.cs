using System.Text.RegularExpressions;
using Tally.Domain.Catalogue;

namespace Tally.Api.Customers;

/// <summary>
/// Checks who a customer is said to be. Source of the patterns: AWS's service model, UsageRecord and LicenseArn.
/// </summary>
internal static partial class CustomerRules
{
    /// <summary>Checks a profile.</summary>
    /// <param name="customer">What events call the customer.</param>
    /// <param name="request">What was written.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    /// <returns>The identity; of use only without errors.</returns>
    public static CustomerIdentity Read(string customer, CustomerRequest request, List<FieldError> errors)
    {
        if (request.Name?.Length > Names.LengthMax)
        {
            errors.Add(new("name", "too_long", "A name has at most 255 characters."));
        }

        if (request.CustomerIdentifier is { } identifier && !Names.IsName(identifier))
        {
            errors.Add(new("customerIdentifier", "invalid_form", "A customer identifier has 1 to 255 characters."));
        }

        if (request.CustomerAwsAccountId is { } account && !AccountPattern().IsMatch(account))
        {
            errors.Add(new("customerAWSAccountId", "invalid_form", "An AWS account id has 1 to 255 digits."));
        }

        if (request.LicenseArn is { } licence && !LicensePattern().IsMatch(licence))
        {
            errors.Add(new("licenseArn", "invalid_form", "A licence ARN starts with arn:aws and has six parts."));
        }

        if (request is { CustomerIdentifier: not null, CustomerAwsAccountId: not null })
        {
            errors.Add(new(
                "customerAWSAccountId",
                "not_allowed",
                "AWS knows a buyer by identifier or by account id, not by both."));
        }

        if (request is { LicenseArn: not null, CustomerAwsAccountId: null })
        {
            errors.Add(new("licenseArn", "not_allowed", "A licence goes with an AWS account id."));
        }

        return request.CustomerAwsAccountId is null
            ? new(request.CustomerIdentifier ?? customer, null, null)
            : new(null, request.CustomerAwsAccountId, request.LicenseArn);
    }

    [GeneratedRegex(@"^[0-9]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccountPattern();

    [GeneratedRegex(
        @"^arn:aws[a-zA-Z-]*:[A-Za-z0-9][A-Za-z0-9_/.-]{0,62}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}"
        + @":[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,1023}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex LicensePattern();
}
