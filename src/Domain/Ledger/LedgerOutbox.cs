using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Sealing;

namespace Tally.Domain.Ledger;

/// <summary>
/// How the lines of one customer are stored until the ledger has them. A storage format: change it only by a new
/// version.
/// </summary>
public static class LedgerOutbox
{
    private const byte Version = 1;

    /// <summary>Writes lines.</summary>
    /// <param name="lines">Lines of one customer.</param>
    /// <returns>The bytes; null for no lines.</returns>
    public static byte[]? Write(IReadOnlyCollection<LedgerLine> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var writer = new PayloadWriter(lines.Count * 192);
        writer.Byte(Version);
        foreach (var line in lines)
        {
            Write(writer, line);
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads lines.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="bytes">The bytes that were written; empty for no lines.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="FormatException">They are of no known version.</exception>
    public static List<LedgerLine> Read(CustomerKey customer, ReadOnlySpan<byte> bytes)
    {
        var lines = new List<LedgerLine>();
        if (bytes.IsEmpty)
        {
            return lines;
        }

        var reader = new PayloadReader(bytes);
        if (reader.Byte() is not Version and var version)
        {
            throw new FormatException($"Lines of version {version}, where {Version} is wanted.");
        }

        while (!reader.IsAtEnd)
        {
            lines.Add(ReadLine(customer, ref reader));
        }

        return lines;
    }

    private static void Write(PayloadWriter writer, LedgerLine line)
    {
        writer.Int32(line.Record.Key.Ordinal);
        writer.Int64(line.Record.Key.HourStartSeconds);
        IdentityFormat.Write(writer, line.Record.Identity);
        writer.Text(line.Record.Dimension);
        writer.Int64(line.Record.TimestampSeconds);
        writer.Int32(line.Record.Quantity);
        writer.Byte((byte)line.Kind);
        writer.Text(line.Id);
        writer.Int64(line.At.UtcTicks);
        writer.Text(line.MeteringRecordId);
        writer.Text(line.Code);
        writer.Text(line.Message);
        writer.Text(line.RequestId);
        writer.Text(line.By);
        writer.Text(line.Reason);
    }

    private static LedgerLine ReadLine(CustomerKey customer, ref PayloadReader reader)
    {
        var key = new RecordKey(reader.Int32(), reader.Int64());
        var identity = IdentityFormat.Read(ref reader);
        var record = new UsageRecord(key, identity, reader.Text() ?? "", reader.Int64(), reader.Int32());
        var kind = (LedgerKind)reader.Byte();
        return new(customer, record, kind, reader.Text() ?? "", reader.Moment())
        {
            MeteringRecordId = reader.Text(),
            Code = reader.Text(),
            Message = reader.Text(),
            RequestId = reader.Text(),
            By = reader.Text(),
            Reason = reader.Text(),
        };
    }
}
