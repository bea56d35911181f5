using Tally.Domain.Allocations;
using Tally.Domain.Encoding;

namespace Tally.Domain.Counting;

/// <summary>How a record's allocations are stored. A storage format: change it only by a new version.</summary>
internal static class AllocationsFormat
{
    /// <summary>Writes them; most records have none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="allocations">What to write.</param>
    public static void Write(PayloadWriter writer, RecordAllocations? allocations)
    {
        writer.Int32(allocations?.Parts.Count ?? 0);
        foreach (var part in allocations?.Parts ?? [])
        {
            writer.Text(part.Tags.Text);
            writer.Int32(part.Quantity);
        }
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The allocations; null where there are none.</returns>
    public static RecordAllocations? Read(ref PayloadReader reader)
    {
        var parts = new TagAllocation[reader.Count()];
        for (var index = 0; index < parts.Length; index++)
        {
            var text = reader.Text() ?? throw new FormatException("An allocation without its tags.");
            parts[index] = new(new(text), reader.Int32());
        }

        return parts.Length == 0 ? null : new(parts);
    }
}
