using System.Runtime.InteropServices;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Allocations;

/// <summary>
/// What each tag set used in an hour, of as many sets as a record has room for. Sets are taken in the order of their
/// texts; those from the first on that has no room are merged into the untagged rest.
/// </summary>
/// <param name="limits">How many there may be.</param>
/// <remarks>
/// So the outcome doesn't depend on the order of events: a set that is merged once stays merged, and one that is kept
/// was never merged.
/// </remarks>
internal sealed class TagSums(AllocationLimits limits)
{
    private readonly Dictionary<string, Quantity> _sums = new(StringComparer.Ordinal);
    private SortedDictionary<string, FractionSums>? _fractions;
    private FractionSums? _mergedFractions;
    private int _bytes;
    private string? _firstMerged;

    /// <summary>What each set used; the untagged rest isn't among them.</summary>
    public IReadOnlyDictionary<string, Quantity> Sums => _sums;

    /// <summary>What was merged into the untagged rest, though it had tags.</summary>
    public Quantity Merged { get; private set; }

    /// <summary>Whether there are fractions of a millionth, which are no part of the sums.</summary>
    public bool HasFractions => _fractions is { Count: > 0 } || _mergedFractions is { Sums.Count: > 0 };

    /// <summary>Adds usage.</summary>
    /// <param name="set">Its tag set.</param>
    /// <param name="quantity">How much; zero or more.</param>
    /// <param name="fraction">What it has beyond that.</param>
    public void Add(TagSet set, Quantity quantity, MicroFraction fraction = default)
    {
        if (set == TagSet.Untagged || (quantity == Quantity.Zero && fraction.IsZero))
        {
            return;
        }

        if (set == TagSet.Refused || (_firstMerged is not null && string.CompareOrdinal(set.Text, _firstMerged) >= 0))
        {
            Merged += quantity + Merge(FractionSums.Of(fraction));
            return;
        }

        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, set.Text, out var isKnown);
        sum += quantity + Keep(set.Text, fraction);
        if (isKnown)
        {
            return;
        }

        _bytes += AllocationLimits.SizeOf(set);
        while (_sums.Count > limits.SetsMax || _bytes > limits.BytesMax)
        {
            MergeLast();
        }
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Quantity(Merged);
        writer.Text(_firstMerged);
        writer.Int32(_sums.Count);
        foreach (var (text, sum) in _sums.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Text(text);
            writer.Quantity(sum);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="limits">How many there may be.</param>
    /// <returns>The sums.</returns>
    public static TagSums Read(ref PayloadReader reader, AllocationLimits limits)
    {
        var sums = new TagSums(limits) { Merged = reader.Quantity(), _firstMerged = reader.Text() };
        var count = reader.Count();
        for (var index = 0; index < count; index++)
        {
            var text = reader.Text() ?? throw new FormatException("A sum without its tags.");
            sums._sums.Add(text, reader.Quantity());
            sums._bytes += AllocationLimits.SizeOf(new(text));
        }

        return sums;
    }

    /// <summary>Writes the fractions into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteFractions(PayloadWriter writer)
    {
        (_mergedFractions ?? new()).Write(writer);
        writer.Int32(_fractions?.Count ?? 0);
        foreach (var (text, fractions) in _fractions ?? [])
        {
            writer.Text(text);
            fractions.Write(writer);
        }
    }

    /// <summary>Reads the fractions from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    public void ReadFractions(ref PayloadReader reader)
    {
        _mergedFractions = FractionSums.Read(ref reader);
        _fractions = new(StringComparer.Ordinal);
        var count = reader.Count();
        for (var index = 0; index < count; index++)
        {
            var text = reader.Text() ?? throw new FormatException("A fraction without its tags.");
            _fractions.Add(text, FractionSums.Read(ref reader));
        }
    }

    private Quantity Keep(string set, MicroFraction fraction)
    {
        if (fraction.IsZero)
        {
            return Quantity.Zero;
        }

        _fractions ??= new(StringComparer.Ordinal);
        if (!_fractions.TryGetValue(set, out var fractions))
        {
            _fractions.Add(set, fractions = new());
        }

        var whole = fractions.Add(fraction);
        if (fractions.Sums.Count == 0)
        {
            _fractions.Remove(set);
        }

        return whole;
    }

    private Quantity Merge(FractionSums? fractions) =>
        fractions is null ? Quantity.Zero : (_mergedFractions ??= new()).Add(fractions);

    private void MergeLast()
    {
        var last = "";
        foreach (var text in _sums.Keys)
        {
            last = string.CompareOrdinal(text, last) > 0 ? text : last;
        }

        _sums.Remove(last, out var sum);
        _bytes -= AllocationLimits.SizeOf(new(last));
        Merged += sum;
        if (_fractions is not null && _fractions.Remove(last, out var fractions))
        {
            Merged += Merge(fractions);
        }

        _firstMerged = last;
    }
}
