using System.IO.Hashing;
using System.Text;

namespace Tally.Journal.Partitions;

/// <summary>A customer's key, as text and as the bytes that are stored, and the partition they belong to.</summary>
internal readonly ref struct CustomerAddress
{
    /// <summary>How long a key may be, in characters.</summary>
    public const int KeyLengthMax = 1_024;

    // Not every text is one in UTF-8, and two keys must never be stored as the same bytes.
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encodes a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="partitions">How many partitions there are.</param>
    /// <param name="buffer">Memory for the bytes, if it is large enough.</param>
    /// <exception cref="ArgumentException">The key is empty, too long, or not Unicode.</exception>
    public CustomerAddress(string key, int partitions, Span<byte> buffer)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > KeyLengthMax)
        {
            throw new ArgumentException(
                $"A customer key has at most {KeyLengthMax} characters, this one {key.Length}.", nameof(key));
        }

        Key = key;
        Utf8 = Strict.TryGetBytes(key, buffer, out var length) ? buffer[..length] : Strict.GetBytes(key);
        Partition = (int)(XxHash3.HashToUInt64(Utf8) % (ulong)partitions);
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The key in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>Its partition, from 0. The hash is a storage format.</summary>
    public int Partition { get; }
}
