using System.Text.Json.Serialization;
using Tally.Contracts.Moves;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Moves;

/// <summary>
/// One line of an export, which is one of these things. A storage format: other programs' files are read by it, so
/// change it only by a new <see cref="ExportHeader.VersionNow"/>.
/// </summary>
internal sealed class ExportLine
{
    /// <summary>What makes damage, and lines that are missing, show; see <see cref="ExportCheck"/>.</summary>
    [JsonPropertyOrder(-1)]
    public required string Check { get; init; }

    /// <summary>The first line.</summary>
    public ExportHeader? Header { get; init; }

    /// <summary>A product.</summary>
    public ExportedProduct? Product { get; init; }

    /// <summary>A customer.</summary>
    public MovedCustomer? Customer { get; init; }

    /// <summary>Lines of the ledger.</summary>
    public ExportedLedger? Ledger { get; init; }

    /// <summary>The tenant itself, behind all that is its own.</summary>
    public MovedTenant? Tenant { get; init; }

    /// <summary>The last line.</summary>
    public ExportCounts? End { get; init; }
}

/// <summary>What an export is, and how its tenant was metered.</summary>
/// <param name="Format">That it is an export.</param>
/// <param name="Version">In which version of the format.</param>
/// <param name="Export">Which export it is.</param>
/// <param name="Tenant">The tenant's name.</param>
/// <param name="PeriodSeconds">How long a metering hour was.</param>
/// <param name="Rules">By which of AWS's rules it delivered.</param>
internal sealed record ExportHeader(
    string Format, int Version, string Export, string Tenant, int PeriodSeconds, string Rules)
{
    /// <summary>What every export calls itself.</summary>
    public const string FormatName = "tally-export";

    /// <summary>The version that is written.</summary>
    public const int VersionNow = 1;
}

/// <summary>A product.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Installation">
/// What tells its records from those of other installations, where it delivers by MeterUsage; null for nothing.
/// </param>
internal sealed record ExportedProduct(ProductDefinition Definition, string? Installation);

/// <summary>Lines of a product's ledger.</summary>
/// <param name="Product">The product's code.</param>
/// <param name="Count">How many.</param>
/// <param name="Lines">The lines as <see cref="LedgerPages"/> writes them.</param>
internal sealed record ExportedLedger(string Product, int Count, ReadOnlyMemory<byte> Lines);
