using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;

namespace Tally.Domain.Counting;

/// <summary>How a buyer is stored. A storage format: change it only by a new version.</summary>
internal static class IdentityFormat
{
    /// <summary>Writes one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="identity">What to write.</param>
    public static void Write(PayloadWriter writer, CustomerIdentity identity)
    {
        writer.Text(identity.CustomerIdentifier);
        writer.Text(identity.AwsAccountId);
        writer.Text(identity.LicenseArn);
    }

    /// <summary>Reads one.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The buyer.</returns>
    public static CustomerIdentity Read(ref PayloadReader reader) => new(reader.Text(), reader.Text(), reader.Text());
}
