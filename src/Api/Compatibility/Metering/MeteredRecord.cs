using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tally.Api.Products;

namespace Tally.Api.Compatibility.Metering;

/// <summary>A usage record that was checked. It becomes one event for each part of its quantity.</summary>
/// <remarks>
/// Events get ids that are made of what a record is known by: product, customer, dimension and timestamp. So a record
/// that is sent again is recognised, and one with another quantity is told from it by its content.
/// </remarks>
internal sealed class MeteredRecord
{
    private const int IdSize = 16;
    private readonly byte[] _id;

    /// <summary>Makes a record.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="dimension">Its dimension, by its own name or by a meter's.</param>
    /// <param name="customer">What the platform calls its customer.</param>
    /// <param name="ticks">Its timestamp in UTC ticks.</param>
    public MeteredRecord(CachedProduct product, CachedDimension dimension, string customer, long ticks)
    {
        (Product, Dimension, Customer, Ticks) = (product, dimension, customer, ticks);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(product.Text));
        Append(hash, Encoding.UTF8.GetBytes(customer));
        Append(hash, dimension.Name);
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(time, ticks);
        hash.AppendData(time);
        _id = hash.GetHashAndReset()[..IdSize];
    }

    /// <summary>Its product.</summary>
    public CachedProduct Product { get; }

    /// <summary>Its dimension, by its own name or by a meter's.</summary>
    public CachedDimension Dimension { get; }

    /// <summary>What the platform calls its customer.</summary>
    public string Customer { get; }

    /// <summary>Its timestamp in UTC ticks.</summary>
    public long Ticks { get; }

    /// <summary>What its quantity is made of, at least one part, in the order of their tags.</summary>
    public required IReadOnlyList<TaggedQuantity> Parts { get; init; }

    /// <summary>Its metering record id: a UUID (version 8, RFC 9562) that is always the same for it.</summary>
    public string MeteringRecordId
    {
        get
        {
            Span<byte> uuid = stackalloc byte[IdSize];
            _id.CopyTo(uuid);
            uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
            uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
            return new Guid(uuid, bigEndian: true).ToString("D");
        }
    }

    /// <summary>Whether its quantity is divided over tags, so that its events depend on each other.</summary>
    public bool IsDivided => Parts.Count > 1 || Parts[0].Tags.Length > 0;

    /// <summary>The id of the event of one of its parts.</summary>
    /// <param name="part">The part's index.</param>
    /// <returns>The id in UTF-8.</returns>
    public byte[] EventId(int part)
    {
        var name = $"aws:{Convert.ToHexStringLower(_id)}";
        return Encoding.UTF8.GetBytes(
            part == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{part}"));
    }

    /// <summary>
    /// Tells how the quantity is divided: what is known under the first event's id is the whole record, not one part.
    /// </summary>
    /// <returns>Bytes that are the same only for the same division; empty for none.</returns>
    public byte[] Division()
    {
        if (!IsDivided)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> quantity = stackalloc byte[sizeof(int)];
        foreach (var part in Parts)
        {
            Append(hash, part.Tags);
            BinaryPrimitives.WriteInt32LittleEndian(quantity, part.Quantity);
            hash.AppendData(quantity);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>With its length, so that different texts never read the same.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
