using Tally.Domain.Encoding;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>How settlements are stored. A storage format: change it only by a new version.</summary>
internal static class SettlementFormat
{
    /// <summary>Writes one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="settlement">What to write.</param>
    public static void Write(PayloadWriter writer, Settlement settlement)
    {
        writer.Int32(settlement.Key.Ordinal);
        writer.Int64(settlement.Key.HourStartSeconds);
        writer.Byte((byte)settlement.State);
        writer.Text(settlement.MeteringRecordId);
        writer.Text(settlement.Reason);
        writer.Int64(settlement.At.UtcTicks);
    }

    /// <summary>Reads one.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The settlement.</returns>
    public static Settlement Read(ref PayloadReader reader) => new(
        new(reader.Int32(), reader.Int64()),
        ReadState(ref reader),
        reader.Text(),
        reader.Text(),
        reader.Moment());

    /// <summary>Reads a state. One that isn't known would be missing from the balance.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The state.</returns>
    public static RecordState ReadState(ref PayloadReader reader)
    {
        var state = reader.Byte();
        return state <= (byte)RecordState.Shadowed
            ? (RecordState)state
            : throw new FormatException($"A record's state {state} is not known.");
    }
}
