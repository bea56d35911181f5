using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>How a record's notes are stored. A storage format: change it only by a new version.</summary>
internal static class RecordNotesFormat
{
    private const byte None = 0;
    private const byte Some = 1;
    private const byte WithMergedTags = 2;

    /// <summary>Writes them; most records have none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="notes">What to write.</param>
    public static void Write(PayloadWriter writer, RecordNotes notes)
    {
        if (notes == RecordNotes.None)
        {
            writer.Byte(None);
            return;
        }

        var hasMergedTags = notes.MergedTags != Quantity.Zero;
        writer.Byte(hasMergedTags ? WithMergedTags : Some);
        writer.Quantity(notes.FromPreviousMonth);
        if (hasMergedTags)
        {
            writer.Quantity(notes.MergedTags);
        }
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The notes.</returns>
    public static RecordNotes Read(ref PayloadReader reader) => reader.Byte() switch
    {
        None => RecordNotes.None,
        Some => new(reader.Quantity()),
        WithMergedTags => new(reader.Quantity()) { MergedTags = reader.Quantity() },
        var form => throw new FormatException($"Notes of the form {form} are not known."),
    };
}
