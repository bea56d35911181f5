using System.Buffers;

namespace Tally.Api.Events;

/// <summary>A request's body in one pooled buffer. Not for concurrent use.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int SizeFirst = 16 * 1024;

    /// <summary>The buffer; larger than the body.</summary>
    public byte[] Buffer { get; private set; } = [];

    /// <summary>How many bytes of the buffer are the body.</summary>
    public int Length { get; private set; }

    /// <summary>Makes room behind what is there.</summary>
    /// <param name="least">For how many bytes at least.</param>
    /// <returns>The room; <see cref="Advance"/> says how much of it was filled.</returns>
    public Memory<byte> Room(int least)
    {
        if (Length + least > Buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SizeFirst, Math.Max(Length * 2, Length + least)));
            Buffer.AsSpan(0, Length).CopyTo(larger);
            Give(Buffer);
            Buffer = larger;
        }

        return Buffer.AsMemory(Length);
    }

    /// <summary>Takes what was filled.</summary>
    /// <param name="count">How many bytes.</param>
    public void Advance(int count) => Length += count;

    /// <summary>Drops a byte order mark, which some writers put before UTF-8.</summary>
    public void DropMark()
    {
        if (Buffer.AsSpan(0, Length).StartsWith("\uFEFF"u8))
        {
            Buffer.AsSpan(3, Length - 3).CopyTo(Buffer);
            Length -= 3;
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        Give(Buffer);
        (Buffer, Length) = ([], 0);
    }

    private static void Give(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
