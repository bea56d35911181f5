using Tally.Contracts.Moves;

namespace Tally.Grains.Moves;

/// <summary>Writes a part of an export.</summary>
/// <param name="check">The check of the line before.</param>
/// <param name="counts">What was written before.</param>
internal sealed class ExportWriter(string check, ExportCounts counts)
{
    /// <summary>How many bytes are enough for a part.</summary>
    private const int PartBytes = 1024 * 1024;

    private readonly MemoryStream _lines = new();

    /// <summary>The check of the last line.</summary>
    public string Check { get; private set; } = check;

    /// <summary>What was written.</summary>
    public ExportCounts Counts { get; private set; } = counts;

    /// <summary>Whether it is enough for a part.</summary>
    public bool IsFull => _lines.Length >= PartBytes;

    /// <summary>The lines.</summary>
    public byte[] Lines => _lines.ToArray();

    /// <summary>Writes the first line.</summary>
    /// <param name="header">What it says.</param>
    public void Write(ExportHeader header) => Write(new ExportLine { Check = ExportCheck.None, Header = header });

    /// <summary>Writes a product.</summary>
    /// <param name="product">The product.</param>
    public void Write(ExportedProduct product)
    {
        Write(new ExportLine { Check = ExportCheck.None, Product = product });
        Counts = Counts with { Products = Counts.Products + 1 };
    }

    /// <summary>Writes a customer.</summary>
    /// <param name="customer">The customer.</param>
    public void Write(MovedCustomer customer)
    {
        Write(new ExportLine { Check = ExportCheck.None, Customer = customer });
        Counts = Counts with { Customers = Counts.Customers + 1 };
    }

    /// <summary>Writes lines of the ledger.</summary>
    /// <param name="ledger">The lines.</param>
    public void Write(ExportedLedger ledger)
    {
        Write(new ExportLine { Check = ExportCheck.None, Ledger = ledger });
        Counts = Counts with { LedgerLines = Counts.LedgerLines + ledger.Count };
    }

    /// <summary>Writes the tenant, and closes the export.</summary>
    /// <param name="tenant">The tenant.</param>
    public void Close(MovedTenant tenant)
    {
        Write(new ExportLine { Check = ExportCheck.None, Tenant = tenant });
        Counts = Counts with { Keys = tenant.Keys.Count };
        Write(new ExportLine { Check = ExportCheck.None, End = Counts });
    }

    private void Write(ExportLine line) => Check = ExportCheck.Write(line, Check, _lines);
}
