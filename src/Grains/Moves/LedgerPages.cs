using System.IO.Compression;
using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Ledger;

namespace Tally.Grains.Moves;

/// <summary>
/// How lines of the ledger are written in an export: each as the customers' actors keep it, all of them compressed, as
/// one line is much like another. A storage format.
/// </summary>
internal static class LedgerPages
{
    /// <summary>How many bytes the lines of a page may have, inflated.</summary>
    private const int InflatedMax = 256 * 1024 * 1024;

    /// <summary>Writes lines.</summary>
    /// <param name="rows">Lines of one product.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(IReadOnlyList<LedgerRow> rows)
    {
        var writer = new PayloadWriter(rows.Count * 256);
        foreach (var row in rows)
        {
            var line = LedgerOutbox.Write([row.Line]) ?? [];
            writer.VarText(row.Line.Customer.Customer);
            writer.Int32(line.Length);
            writer.Raw(line);
        }

        using var packed = new MemoryStream();
        using (var packing = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            packing.Write(writer.Written.Span);
        }

        return packed.ToArray();
    }

    /// <summary>Reads lines.</summary>
    /// <param name="product">Whose.</param>
    /// <param name="page">What was written.</param>
    /// <returns>The lines.</returns>
    /// <exception cref="FormatException">It is nothing of the kind.</exception>
    public static List<LedgerLine> Read(ProductKey product, ExportedLedger page)
    {
        var reader = new PayloadReader(Inflate(page.Lines));
        var lines = new List<LedgerLine>();
        while (!reader.IsAtEnd)
        {
            var customer = new CustomerKey(product, reader.VarText() ?? "");
            lines.AddRange(LedgerOutbox.Read(customer, reader.Raw(reader.Int32())));
        }

        return lines.Count == page.Count
            ? lines
            : throw new FormatException($"There are {lines.Count} lines of the ledger, not {page.Count}.");
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> packed)
    {
        using var source = new MemoryStream(packed.ToArray());
        using var inflating = new DeflateStream(source, CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        var buffer = new byte[65_536];
        try
        {
            while (inflating.Read(buffer) is > 0 and var read)
            {
                inflated.Write(buffer, 0, read);
                if (inflated.Length > InflatedMax)
                {
                    throw new FormatException("Lines of the ledger take more room than they may.");
                }
            }
        }
        catch (InvalidDataException damaged)
        {
            throw new FormatException("Lines of the ledger can't be inflated.", damaged);
        }

        return inflated.ToArray();
    }
}
