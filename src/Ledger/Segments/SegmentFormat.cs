using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;

namespace Tally.Ledger.Segments;

/// <summary>
/// How the lines of a segment are stored. A storage format: change it only by a new version.
/// </summary>
/// <remarks>
/// A line says only what is not as in the line before it, as most is: who was called when, and what came of it.
/// </remarks>
internal static class SegmentFormat
{
    private const byte Version = 1;

    // What a line takes, about, besides texts.
    private const int LineBytes = 96;

    /// <summary>What differs from the line before. Stored.</summary>
    [Flags]
    private enum Parts
    {
        None = 0,
        Customer = 1,
        Identity = 1 << 1,
        Dimension = 1 << 2,
        Timestamp = 1 << 3,
        Quantity = 1 << 4,
        Kind = 1 << 5,
        Id = 1 << 6,
        At = 1 << 7,
        MeteringRecordId = 1 << 8,
        Code = 1 << 9,
        Message = 1 << 10,
        RequestId = 1 << 11,
        By = 1 << 12,
        Reason = 1 << 13,
    }

    /// <summary>Writes lines.</summary>
    /// <param name="lines">Lines of one product and hour; at least one.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(ReadOnlySpan<LedgerLine> lines)
    {
        var writer = new PayloadWriter(lines.Length * LineBytes);
        writer.Byte(Version);
        var before = Blank(lines[0].Customer.Product, lines[0].Record.Key.HourStartSeconds);
        foreach (var line in lines)
        {
            Write(writer, line, before);
            before = line;
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads lines.</summary>
    /// <param name="hour">The product and the hour.</param>
    /// <param name="payload">The bytes that were written.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="FormatException">They are of no known version, or not whole.</exception>
    public static List<LedgerLine> Read(HourKey hour, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        if (reader.Byte() is not Version and var version)
        {
            throw new FormatException($"Lines of version {version}, where {Version} is wanted.");
        }

        var lines = new List<LedgerLine>();
        var before = Blank(hour.Product, hour.StartSeconds);
        while (!reader.IsAtEnd)
        {
            before = Read(ref reader, before);
            lines.Add(before);
        }

        return lines;
    }

    private static void Write(PayloadWriter writer, LedgerLine line, LedgerLine before)
    {
        var parts = Difference(line, before);
        var (record, old) = (line.Record, before.Record);
        writer.Byte((byte)((int)parts & 0xFF));
        writer.Byte((byte)((int)parts >> 8));
        WriteText(writer, parts, Parts.Customer, line.Customer.Customer);
        WriteText(writer, parts, Parts.Identity, record.Identity.CustomerIdentifier);
        WriteText(writer, parts, Parts.Identity, record.Identity.AwsAccountId);
        WriteText(writer, parts, Parts.Identity, record.Identity.LicenseArn);
        WriteNumber(writer, parts, Parts.Dimension, record.Key.Ordinal);
        WriteText(writer, parts, Parts.Dimension, record.Dimension);
        WriteNumber(writer, parts, Parts.Timestamp, record.TimestampSeconds - old.TimestampSeconds);
        WriteNumber(writer, parts, Parts.Quantity, record.Quantity);
        WriteNumber(writer, parts, Parts.Kind, (int)line.Kind);
        WriteText(writer, parts, Parts.Id, line.Id);
        WriteNumber(writer, parts, Parts.At, line.At.UtcTicks - before.At.UtcTicks);
        WriteText(writer, parts, Parts.MeteringRecordId, line.MeteringRecordId);
        WriteText(writer, parts, Parts.Code, line.Code);
        WriteText(writer, parts, Parts.Message, line.Message);
        WriteText(writer, parts, Parts.RequestId, line.RequestId);
        WriteText(writer, parts, Parts.By, line.By);
        WriteText(writer, parts, Parts.Reason, line.Reason);
    }

    private static LedgerLine Read(ref PayloadReader reader, LedgerLine old)
    {
        var parts = (Parts)(reader.Byte() | (reader.Byte() << 8));
        var customer = parts.HasFlag(Parts.Customer)
            ? new(old.Customer.Product, reader.VarText() ?? "")
            : old.Customer;
        var identity = parts.HasFlag(Parts.Identity)
            ? new(reader.VarText(), reader.VarText(), reader.VarText())
            : old.Record.Identity;
        var key = old.Record.Key;
        var dimension = old.Record.Dimension;
        if (parts.HasFlag(Parts.Dimension))
        {
            key = key with { Ordinal = (int)reader.VarInt64() };
            dimension = reader.VarText() ?? "";
        }

        var timestamp = old.Record.TimestampSeconds + (parts.HasFlag(Parts.Timestamp) ? reader.VarInt64() : 0);
        var quantity = parts.HasFlag(Parts.Quantity) ? (int)reader.VarInt64() : old.Record.Quantity;
        var kind = parts.HasFlag(Parts.Kind) ? (LedgerKind)reader.VarInt64() : old.Kind;
        var id = parts.HasFlag(Parts.Id) ? reader.VarText() ?? "" : old.Id;
        var at = parts.HasFlag(Parts.At) ? old.At.AddTicks(reader.VarInt64()) : old.At;
        return new(customer, new(key, identity, dimension, timestamp, quantity), kind, id, at)
        {
            MeteringRecordId = ReadText(ref reader, parts, Parts.MeteringRecordId, old.MeteringRecordId),
            Code = ReadText(ref reader, parts, Parts.Code, old.Code),
            Message = ReadText(ref reader, parts, Parts.Message, old.Message),
            RequestId = ReadText(ref reader, parts, Parts.RequestId, old.RequestId),
            By = ReadText(ref reader, parts, Parts.By, old.By),
            Reason = ReadText(ref reader, parts, Parts.Reason, old.Reason),
        };
    }

    private static Parts Difference(LedgerLine line, LedgerLine before)
    {
        var (record, old) = (line.Record, before.Record);
        var isSameDimension = record.Key.Ordinal == old.Key.Ordinal && record.Dimension == old.Dimension;
        return (line.Customer.Customer == before.Customer.Customer ? Parts.None : Parts.Customer)
            | (record.Identity == old.Identity ? Parts.None : Parts.Identity)
            | (isSameDimension ? Parts.None : Parts.Dimension)
            | (record.TimestampSeconds == old.TimestampSeconds ? Parts.None : Parts.Timestamp)
            | (record.Quantity == old.Quantity ? Parts.None : Parts.Quantity)
            | (line.Kind == before.Kind ? Parts.None : Parts.Kind)
            | (line.Id == before.Id ? Parts.None : Parts.Id)
            | (line.At == before.At ? Parts.None : Parts.At)
            | (line.MeteringRecordId == before.MeteringRecordId ? Parts.None : Parts.MeteringRecordId)
            | (line.Code == before.Code ? Parts.None : Parts.Code)
            | (line.Message == before.Message ? Parts.None : Parts.Message)
            | (line.RequestId == before.RequestId ? Parts.None : Parts.RequestId)
            | (line.By == before.By ? Parts.None : Parts.By)
            | (line.Reason == before.Reason ? Parts.None : Parts.Reason);
    }

    /// <summary>What stands before the first line.</summary>
    private static LedgerLine Blank(ProductKey product, long hourStartSeconds) => new(
        new(product, ""),
        new(new(0, hourStartSeconds), new(null, null, null), "", hourStartSeconds, 0),
        LedgerKind.Sealed,
        "",
        DateTimeOffset.FromUnixTimeSeconds(hourStartSeconds));

    private static void WriteText(PayloadWriter writer, Parts parts, Parts part, string? text)
    {
        if (parts.HasFlag(part))
        {
            writer.VarText(text);
        }
    }

    private static void WriteNumber(PayloadWriter writer, Parts parts, Parts part, long number)
    {
        if (parts.HasFlag(part))
        {
            writer.VarInt64(number);
        }
    }

    private static string? ReadText(ref PayloadReader reader, Parts parts, Parts part, string? old) =>
        parts.HasFlag(part) ? reader.VarText() : old;
}
