using System.Text.Json;
using Tally.Contracts.Moves;

namespace Tally.Grains.Moves;

/// <summary>Reads the lines of an export, one after the other, and says in which one something is wrong.</summary>
internal static class ImportLines
{
    /// <summary>Reads lines.</summary>
    /// <param name="at">What was read before; null for nothing.</param>
    /// <param name="lines">Whole lines.</param>
    /// <returns>What was read after each line, with the line; a fault ends it.</returns>
    public static IEnumerable<(ImportCursor? At, ExportLine? Line, ImportFault? Fault)> Read(
        ImportCursor? at, ReadOnlyMemory<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var (next, line, fault) = end < 0
                ? (null, null, Damaged((at?.Lines ?? 0) + 1, "has no end"))
                : Read(at, lines.Span[..end]);
            yield return (next, line, fault);
            if (fault is not null)
            {
                yield break;
            }

            at = next;
            lines = lines[(end + 1)..];
        }
    }

    /// <summary>Says that a line isn't as it was written.</summary>
    /// <param name="number">The line's number.</param>
    /// <param name="what">What is wrong with it.</param>
    /// <returns>The fault.</returns>
    public static ImportFault Damaged(long number, string what) =>
        new(ImportFaultKind.Invalid, number, $"Line {number} of the export {what}.");

    private static (ImportCursor?, ExportLine?, ImportFault?) Read(ImportCursor? at, ReadOnlySpan<byte> bytes)
    {
        var number = (at?.Lines ?? 0) + 1;
        if (at is { IsClosed: true })
        {
            return (null, null, Damaged(number, "comes after the closing line"));
        }

        if (ExportCheck.Find(bytes, at?.Check ?? ExportCheck.None) is not { } check)
        {
            return (null, null, number == 1
                ? Damaged(number, "is not the first line of an export, or it is damaged")
                : Damaged(number, "is damaged, or lines before it are missing"));
        }

        try
        {
            var line = JsonSerializer.Deserialize(bytes, ExportJsonContext.Default.ExportLine)!;
            var (next, fault) = Follow(at, line, number);
            return (next is null ? null : next with { Lines = number, Check = check }, line, fault);
        }
        catch (JsonException unknown)
        {
            return (null, null, Damaged(number, $"is of another version than can be read here ({unknown.Path})"));
        }
    }

    private static (ImportCursor?, ImportFault?) Follow(ImportCursor? at, ExportLine line, long number)
    {
        if (at is null)
        {
            return line.Header switch
            {
                { Format: ExportHeader.FormatName, Version: ExportHeader.VersionNow } header => (
                    new(header.Export, header.Tenant, 0, ExportCheck.None, ExportCounts.None), null),
                { Format: ExportHeader.FormatName } header => (null, new(
                    ImportFaultKind.Invalid,
                    number,
                    $"The export is of version {header.Version}; {ExportHeader.VersionNow} can be read here.")),
                _ => (null, Damaged(number, "is not the first line of an export")),
            };
        }

        var counts = at.Counts;
        return line switch
        {
            { Product: not null } => (at with { Counts = counts with { Products = counts.Products + 1 } }, null),
            { Customer: not null } => (at with { Counts = counts with { Customers = counts.Customers + 1 } }, null),
            { Ledger: { } ledger } => (
                at with { Counts = counts with { LedgerLines = counts.LedgerLines + ledger.Count } }, null),
            { Tenant: { } tenant } => (at with { Counts = counts with { Keys = tenant.Keys.Count } }, null),
            { End: { } end } => end == counts
                ? (at with { IsClosed = true }, null)
                : (null, Damaged(number, $"closes with other counts than there were: {end} instead of {counts}")),
            _ => (null, Damaged(number, "says nothing")),
        };
    }
}
