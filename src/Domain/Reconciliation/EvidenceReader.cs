using System.Buffers;
using System.Text;
using Tally.Domain.Reconciliation.Evidence;

namespace Tally.Domain.Reconciliation;

/// <summary>Reads evidence of every kind. Whatever the bytes are, it gives records or a fault with its line.</summary>
public static class EvidenceReader
{
    /// <summary>The most records that evidence may have; a fault beyond.</summary>
    public const int RecordsMax = 2_000_000;

    /// <summary>Reads all of it, or nothing.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="utf8">The evidence, in UTF-8 without a byte order mark.</param>
    /// <param name="columns">What the columns of a seller report are called.</param>
    /// <returns>The records, or the first fault.</returns>
    public static EvidenceReading Read(EvidenceKind kind, ReadOnlySpan<byte> utf8, SellerReportColumns columns)
    {
        if (FindNoText(utf8) is { } fault)
        {
            return new([], fault);
        }

        var records = new List<EvidenceRecord>();
        var found = kind switch
        {
            EvidenceKind.Emulator => EmulatorExport.Read(utf8, records),
            EvidenceKind.CloudTrail => CloudTrailLog.Read(utf8, records),
            EvidenceKind.SellerReport => SellerReport.Read(System.Text.Encoding.UTF8.GetString(utf8), columns, records),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
        };
        return found is null ? new(records, null) : new([], found);
    }

    /// <summary>Adds a record that was read.</summary>
    /// <param name="records">Where to.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="FormatException">There are too many.</exception>
    internal static void Add(List<EvidenceRecord> records, EvidenceRecord record)
    {
        if (records.Count == RecordsMax)
        {
            throw new FormatException($"Here are more than {RecordsMax} records; take fewer hours at once.");
        }

        records.Add(record);
    }

    private static EvidenceFault? FindNoText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return new(1, "It is empty.");
        }

        var line = 1;
        while (!utf8.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            if (status != OperationStatus.Done)
            {
                return new(line, "It is not UTF-8.");
            }

            line += rune.Value == '\n' ? 1 : 0;
            utf8 = utf8[length..];
        }

        return null;
    }
}
