using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Tally.Api.Events;

/// <summary>Reads a request's body within limits, inflating it where it is compressed.</summary>
internal static class BodyReader
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Reads a body as it is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sizeMax">How many bytes it may have.</param>
    /// <param name="body">Gets the bytes.</param>
    /// <param name="stop">When the request is given up.</param>
    /// <returns>Why it can't be taken; null when it can.</returns>
    public static async ValueTask<BodyFault?> Read(
        HttpRequest request,
        int sizeMax,
        PooledBody body,
        CancellationToken stop)
    {
        if (request.ContentLength > sizeMax)
        {
            return new(BodyFaultKind.TooLarge);
        }

        if (request.ContentLength is { } known)
        {
            body.Room((int)known);
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(stop);
            if (!TryTake(read, sizeMax, body))
            {
                reader.AdvanceTo(read.Buffer.End);
                return new(BodyFaultKind.TooLarge);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Inflates a gzip body; stops at the limit, however much would come.</summary>
    /// <param name="packed">The compressed body.</param>
    /// <param name="sizeMax">How many bytes it may have inflated.</param>
    /// <param name="body">Gets the bytes.</param>
    /// <returns>Why it can't be taken; null when it can.</returns>
    public static BodyFault? Inflate(PooledBody packed, int sizeMax, PooledBody body)
    {
        using var source = new MemoryStream(packed.Buffer, 0, packed.Length, writable: false);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        try
        {
            while (true)
            {
                var chunk = Math.Min(ChunkSize, sizeMax + 1 - body.Length);
                var count = gzip.Read(body.Room(chunk).Span[..chunk]);
                if (count == 0)
                {
                    return IsWhole(packed, body) ? null : new(BodyFaultKind.MalformedGzip);
                }

                body.Advance(count);
                if (body.Length > sizeMax)
                {
                    return new(BodyFaultKind.TooLarge);
                }
            }
        }
        catch (InvalidDataException)
        {
            return new(BodyFaultKind.MalformedGzip);
        }
    }

    /// <summary>
    /// Whether the trailer of the last member is there and right. The runtime's stream takes a body that was cut off
    /// for a whole one, and NDJSON cut off at the end of a line would look whole too.
    /// </summary>
    private static bool IsWhole(PooledBody packed, PooledBody body)
    {
        const int TrailerSize = 8;
        if (packed.Length < TrailerSize)
        {
            return false;
        }

        var trailer = packed.Buffer.AsSpan(packed.Length - TrailerSize, TrailerSize);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        return size <= body.Length
            && Crc32.HashToUInt32(body.Buffer.AsSpan(body.Length - (int)size, (int)size))
                == BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }

    private static bool TryTake(in ReadResult read, int sizeMax, PooledBody body)
    {
        if (body.Length + read.Buffer.Length > sizeMax)
        {
            return false;
        }

        foreach (var segment in read.Buffer)
        {
            segment.CopyTo(body.Room(segment.Length));
            body.Advance(segment.Length);
        }

        return true;
    }
}
