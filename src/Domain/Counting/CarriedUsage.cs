using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>
/// What an account has sealed and not put into a record yet: fractions, overflows and notes about them.
/// </summary>
internal sealed class CarriedUsage
{
    private Quantity _fromPreviousMonth;

    /// <summary>How much it is.</summary>
    public Quantity Total { get; private set; }

    /// <summary>Takes in what was accumulated.</summary>
    /// <param name="accumulator">The accumulator, which is given up.</param>
    public void Add(Accumulator accumulator)
    {
        Total += accumulator.Value;
        _fromPreviousMonth += accumulator.FromPreviousMonth;
    }

    /// <summary>Gives out what a record can take. What is noted goes with the first record there is.</summary>
    /// <param name="dimension">The dimension's definition.</param>
    /// <returns>The record's quantity and notes, and what rounding did.</returns>
    public (int Whole, Quantity Adjustment, RecordNotes Notes) Take(DimensionDefinition dimension)
    {
        var split = Rounding.Split(Total, dimension.Rounding);
        Total = split.Carry;
        if (split.Whole == 0)
        {
            return (0, split.Adjustment, RecordNotes.None);
        }

        var notes = new RecordNotes(_fromPreviousMonth);
        _fromPreviousMonth = Quantity.Zero;
        return (split.Whole, split.Adjustment, notes);
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Quantity(Total);
        writer.Quantity(_fromPreviousMonth);
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">The snapshot's version; the first two had the total alone.</param>
    /// <returns>What is carried.</returns>
    public static CarriedUsage Read(ref PayloadReader reader, byte version) => new()
    {
        Total = reader.Quantity(),
        _fromPreviousMonth = version < 3 ? Quantity.Zero : reader.Quantity(),
    };
}
