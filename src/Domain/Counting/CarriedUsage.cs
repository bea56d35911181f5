using Tally.Domain.Allocations;
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
    /// <summary>Form in a snapshot: there is the total alone, and what is of a previous month.</summary>
    private const byte Plain = 0;

    /// <summary>Form in a snapshot: what is fresh, and what tag sets are owed, follows.</summary>
    private const byte WithTags = 1;

    private Quantity _fromPreviousMonth;
    private Quantity _fresh;
    private TagBalances? _tags;

    /// <summary>How much it is.</summary>
    public Quantity Total { get; private set; }

    /// <summary>Takes in what was accumulated.</summary>
    /// <param name="accumulator">The accumulator, which is given up.</param>
    public void Add(Accumulator accumulator)
    {
        Total += accumulator.Value;
        _fresh += accumulator.Value;
        if (accumulator.Tags is { } tags)
        {
            (_tags ??= new()).Add(tags);
        }

        _fromPreviousMonth += accumulator.FromPreviousMonth;
    }

    /// <summary>Gives out what a record can take. What is noted goes with the first record there is.</summary>
    /// <param name="rounding">How it becomes a whole number.</param>
    /// <param name="keys">By which tags the product allocates.</param>
    /// <returns>The record's quantity, allocations and notes, and what rounding did.</returns>
    public TakenUsage Take(RoundingRule rounding, IReadOnlyList<string> keys)
    {
        var split = Rounding.Split(Total, rounding);
        Total = split.Carry;
        var allocations = _tags?.Take(split, _fresh, keys, AllocationLimits.Aws);
        _fresh = Quantity.Zero;
        if (split.Whole == 0)
        {
            return new(split, RecordNotes.None, null);
        }

        var notes = new RecordNotes(_fromPreviousMonth) { MergedTags = _tags?.TakeMerged() ?? Quantity.Zero };
        _fromPreviousMonth = Quantity.Zero;
        return new(split, notes, allocations);
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Quantity(Total);
        writer.Quantity(_fromPreviousMonth);
        if (_fresh == Quantity.Zero && _tags is not { IsEmpty: false })
        {
            writer.Byte(Plain);
            return;
        }

        writer.Byte(WithTags);
        writer.Quantity(_fresh);
        (_tags ?? new()).Write(writer);
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">
    /// The snapshot's version; the first two had the total alone, the first four nothing of tags.
    /// </param>
    /// <returns>What is carried.</returns>
    public static CarriedUsage Read(ref PayloadReader reader, byte version)
    {
        var carried = new CarriedUsage
        {
            Total = reader.Quantity(),
            _fromPreviousMonth = version < 3 ? Quantity.Zero : reader.Quantity(),
        };
        var form = version < 5 ? Plain : reader.Byte();
        if (form == WithTags)
        {
            carried._fresh = reader.Quantity();
            carried._tags = TagBalances.Read(ref reader);
        }

        return form <= WithTags
            ? carried
            : throw new FormatException($"Carried usage of the form {form} is not known.");
    }
}
