using System.Security.Cryptography;
using Tally.Domain.Catalogue;

namespace Tally.Api.Events.CloudEvents;

/// <summary>
/// What a CloudEvent is known by: its source and id together, which the specification makes unique. The form is
/// stored, so it never changes: another would count repetitions as new events.
/// </summary>
internal static class CloudEventIds
{
    private const int HashedSize = 7 + (2 * SHA256.HashSizeInBytes);

    /// <summary>
    /// Puts an id behind the body: source, a blank and id. A source has no blank, so no two pairs have the same id.
    /// Where that has more than 255 characters it is <c>sha256:</c> and the hash of it in hexadecimal, which has no
    /// blank either.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="source">Where the source lies in it.</param>
    /// <param name="id">Where the id lies in it.</param>
    /// <returns>Where the event's id lies.</returns>
    public static TextRange Append(PooledBody body, TextRange source, TextRange id)
    {
        var start = body.Length;
        var length = source.Length + 1 + id.Length;
        var target = body.Room(Math.Max(length, HashedSize)).Span;
        source.In(body.Buffer).CopyTo(target);
        target[source.Length] = (byte)' ';
        id.In(body.Buffer).CopyTo(target[(source.Length + 1)..]);
        if (!EventText.HasLength(target[..length], 1, Names.LengthMax))
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(target[..length], hash);
            "sha256:"u8.CopyTo(target);
            _ = Convert.TryToHexStringLower(hash, target[7..], out _);
            length = HashedSize;
        }

        body.Advance(length);
        return new(start, length);
    }
}
