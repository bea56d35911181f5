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

    /// <summary>Flag of the form in a snapshot: fractions of a millionth follow.</summary>
    private const byte WithFractions = 2;

    private FractionSums? _fractions;
    private Quantity _fromPreviousMonth;
    private Quantity _fresh;
    private TagBalances? _tags;

    /// <summary>How much it is.</summary>
    public Quantity Total { get; private set; }

    /// <summary>What it has beyond that: fractions of a millionth, by denominator.</summary>
    public IReadOnlyList<MicroFraction> Fractions => _fractions?.Sums ?? [];

    /// <summary>Takes in what was accumulated.</summary>
    /// <param name="accumulator">The accumulator, which is given up.</param>
    /// <returns>The millionths that came together of fractions of this and earlier accumulators.</returns>
    public Quantity Add(Accumulator accumulator)
    {
        var whole = accumulator.Fractions is { } fractions ? (_fractions ??= new()).Add(fractions) : Quantity.Zero;
        Total += accumulator.Value + whole;
        _fresh += accumulator.Value + whole;
        if (accumulator.Tags is { } tags)
        {
            (_tags ??= new()).Add(tags);
        }

        _fromPreviousMonth += accumulator.FromPreviousMonth;
        return whole;
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
        var form = _fresh == Quantity.Zero && _tags is not { IsEmpty: false } ? Plain : WithTags;
        writer.Byte((byte)(form | (Fractions.Count == 0 ? 0 : WithFractions)));
        if (form == WithTags)
        {
            writer.Quantity(_fresh);
            (_tags ?? new()).Write(writer);
        }

        if (Fractions.Count > 0)
        {
            _fractions!.Write(writer);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">
    /// The snapshot's version; the first two had the total alone, the first four nothing of tags, the first five
    /// nothing of fractions.
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
        if ((form & WithTags) != 0)
        {
            carried._fresh = reader.Quantity();
            carried._tags = TagBalances.Read(ref reader);
        }

        if (version > 5 && (form & WithFractions) != 0)
        {
            carried._fractions = FractionSums.Read(ref reader);
        }

        return form <= (version < 6 ? WithTags : WithTags | WithFractions)
            ? carried
            : throw new FormatException($"Carried usage of the form {form} is not known.");
    }
}
