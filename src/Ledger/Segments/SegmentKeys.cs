using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;

namespace Tally.Ledger.Segments;

/// <summary>
/// What segments are found by: hashes of their customers and receipts, 32 bits each. A storage format. That a hash
/// is there means that the customer or receipt may be, too; the lines say.
/// </summary>
internal static class SegmentKeys
{
    /// <summary>
    /// Into how many rows the index of an epoch is divided; whoever looks for a key reads one of them.
    /// </summary>
    public const int Buckets = 128;

    private const int BucketShift = 32 - 7;
    private const int TextBytesMax = 512;

    /// <summary>The hash of a customer.</summary>
    /// <param name="product">The product.</param>
    /// <param name="customer">The customer.</param>
    /// <returns>The hash.</returns>
    public static uint OfCustomer(ProductKey product, string customer) => Hash(customer, Seed(product));

    /// <summary>The hash of a receipt.</summary>
    /// <param name="product">The product.</param>
    /// <param name="meteringRecordId">The receipt.</param>
    /// <returns>The hash.</returns>
    public static uint OfReceipt(ProductKey product, string meteringRecordId) => Hash(meteringRecordId, ~Seed(product));

    /// <summary>The row of an epoch's index that has a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The bucket, from 0.</returns>
    public static int BucketOf(uint key) => (int)(key >> BucketShift);

    /// <summary>The keys of lines.</summary>
    /// <param name="lines">Lines of one product.</param>
    /// <returns>The keys, each once.</returns>
    public static byte[] Of(ReadOnlySpan<LedgerLine> lines)
    {
        var seed = Seed(lines[0].Customer.Product);
        var keys = new HashSet<uint>(lines.Length * 2);
        string? before = null;
        foreach (var line in lines)
        {
            if (line.Customer.Customer != before)
            {
                before = line.Customer.Customer;
                keys.Add(Hash(before, seed));
            }

            if (line.MeteringRecordId is { } receipt)
            {
                keys.Add(Hash(receipt, ~seed));
            }
        }

        var bytes = new byte[keys.Count * sizeof(uint)];
        var place = bytes.AsSpan();
        foreach (var key in keys)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(place, key);
            place = place[sizeof(uint)..];
        }

        return bytes;
    }

    /// <summary>Whether a key is among a segment's.</summary>
    /// <param name="keys">The segment's keys.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    public static bool Has(ReadOnlySpan<byte> keys, uint key)
    {
        for (; !keys.IsEmpty; keys = keys[sizeof(uint)..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(keys) == key)
            {
                return true;
            }
        }

        return false;
    }

    private static long Seed(ProductKey product) => Hash64($"{product.Tenant}\0{product.Code}", 0);

    private static uint Hash(string text, long seed) => unchecked((uint)(Hash64(text, seed) >>> 32));

    private static long Hash64(string text, long seed)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= TextBytesMax ? stackalloc byte[TextBytesMax] : new byte[length];
        length = Encoding.UTF8.GetBytes(text, bytes);
        return unchecked((long)XxHash3.HashToUInt64(bytes[..length], seed));
    }
}
