using System.Text.Json;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>Reads the Marketplace emulator's export, or its list of records.</summary>
internal static class EmulatorExport
{
    private static readonly string[] Lists = ["records"];

    /// <summary>Reads an export.</summary>
    /// <param name="utf8">The export.</param>
    /// <param name="records">Gets the records.</param>
    /// <returns>The first fault; null for none.</returns>
    public static EvidenceFault? Read(ReadOnlySpan<byte> utf8, List<EvidenceRecord> records) =>
        JsonItems.ForEach(utf8, Lists, (item, line) => EvidenceReader.Add(records, Read(item, line)));

    private static EvidenceRecord Read(JsonElement item, int line)
    {
        var record = JsonMembers.Object(item, "record") ?? item;
        var dimension = JsonMembers.Needed(record, "dimension");
        return new(
            line,
            JsonMembers.Identity(record),
            dimension,
            JsonMembers.Time(record, "timestamp"),
            JsonMembers.Quantity(record, "quantity"))
        {
            Product = JsonMembers.Needed(record, "productCode"),
            MeteringRecordIds = [JsonMembers.Needed(record, "meteringRecordId")],
        };
    }
}
