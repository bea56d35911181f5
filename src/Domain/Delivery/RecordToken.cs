using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Domain.Delivery;

/// <summary>
/// The <c>ClientToken</c> of a record: by it AWS knows a retry, so that the record can't count twice.
/// </summary>
public static class RecordToken
{
    /// <summary>How long it is, in characters; AWS takes 1 to 64. Source: the service model, ClientToken.</summary>
    public const int Length = 43;

    /// <summary>Makes the token of a record.</summary>
    /// <param name="installation">
    /// A text that no other installation has. Every pod of a buyer may have a record of the same dimension, hour and
    /// quantity, and without it the second would be taken for a retry of the first.
    /// </param>
    /// <param name="product">The product.</param>
    /// <param name="record">The record.</param>
    /// <returns>
    /// The same for the same record, whenever it is asked for. Everything that the call says goes into it, so a
    /// record that was corrected has another token, and no token stands for two different calls.
    /// </returns>
    public static string Of(string installation, ProductKey product, PendingRecord record)
    {
        var usage = record.Record;
        IEnumerable<string> parts =
        [
            installation, product.Tenant, product.Code, record.Customer, usage.Dimension, Text(usage.TimestampSeconds),
            Text(usage.Quantity),
            .. (usage.Allocations?.Parts ?? []).SelectMany(part => new[] { part.Tags.Text, Text(part.Quantity) }),
        ];

        // Each part with its length in front: no two lists of parts are the same text.
        var text = string.Concat(parts.Select(part => $"{Text(part.Length)}:{part}"));
        return Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
