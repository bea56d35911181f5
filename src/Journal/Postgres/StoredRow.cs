using System.Globalization;
using System.IO.Hashing;
using Tally.Journal.Partitions;

namespace Tally.Journal.Postgres;

/// <summary>A row as it is to be stored.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Payload">The bytes.</param>
internal readonly record struct NewRow(int Partition, RowKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What is stored beside the bytes, so that a changed bit is noticed. A storage format.</summary>
    public long Checksum => unchecked((long)XxHash3.HashToUInt64(Payload.Span, (Partition * 16) + (int)Kind));
}

/// <summary>A row as it was found.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Checksum">What was stored beside the bytes.</param>
/// <param name="Payload">The bytes.</param>
internal sealed record StoredRow(int Partition, long Number, RowKind Kind, long Checksum, byte[] Payload)
{
    /// <summary>Checks that the bytes are those that were written, in a version that is known here.</summary>
    /// <exception cref="JournalException">They aren't; the message says where, and the way out.</exception>
    public void Check()
    {
        if (Checksum != new NewRow(Partition, Kind, Payload).Checksum)
        {
            throw Damaged("its checksum is not that of its bytes");
        }

        if (Payload is not [JournalRow.Version, ..] || !Enum.IsDefined(Kind))
        {
            throw new JournalException(string.Create(
                CultureInfo.InvariantCulture,
                $"Table usage_journal, partition {Partition}, row {Number} is of a version that this program does "
                + $"not know: use the newer program that wrote it."));
        }
    }

    private JournalException Damaged(string how) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The usage journal is damaged: table usage_journal, partition {Partition}, row {Number}: {how}. "
        + $"Restore the row from a backup. To go on without what it held instead, which loses usage that was "
        + $"acknowledged: DELETE FROM usage_journal WHERE partition = {Partition} AND number = {Number}"));
}
