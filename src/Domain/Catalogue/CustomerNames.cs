using System.Security.Cryptography;
using System.Text;

namespace Tally.Domain.Catalogue;

/// <summary>What events call a customer that only AWS has named so far.</summary>
public static class CustomerNames
{
    /// <summary>
    /// Names a customer: by its licence, as an account may have several licences of one product, each of them a
    /// customer; else by its customer identifier; else by its AWS account id.
    /// </summary>
    /// <param name="identity">How AWS knows the buyer; at least one of its parts.</param>
    /// <returns>The name; where it would be too long for one, <c>sha256:</c> and its hash in hexadecimal.</returns>
    /// <exception cref="ArgumentException">The identity has no part at all.</exception>
    public static string Of(CustomerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var name = identity.LicenseArn ?? identity.CustomerIdentifier ?? identity.AwsAccountId
            ?? throw new ArgumentException("An identity has at least one part.", nameof(identity));
        return name.Length <= Names.LengthMax
            ? name
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))}";
    }

    /// <summary>
    /// Leaves one of the ways in which AWS knows a buyer, as a record names it in one way only: account and licence
    /// where there is a licence, else the identifier. Source: the service model, UsageRecord.
    /// </summary>
    /// <param name="identity">All that AWS said of the buyer.</param>
    /// <returns>What its records say.</returns>
    public static CustomerIdentity OfRecords(CustomerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity switch
        {
            { AwsAccountId: not null, LicenseArn: not null } => identity with { CustomerIdentifier = null },
            { CustomerIdentifier: not null } => new(identity.CustomerIdentifier, null, null),
            _ => identity with { LicenseArn = null },
        };
    }
}
