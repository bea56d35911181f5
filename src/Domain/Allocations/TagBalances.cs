using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Allocations;

/// <summary>
/// What each tag set of a customer's dimension used and no record has given it yet; below zero what a record gave it
/// before it was used. What they are not owed of all that is carried is owed to the untagged rest.
/// </summary>
internal sealed class TagBalances
{
    private readonly SortedDictionary<string, Balance> _sets = new(StringComparer.Ordinal);

    /// <summary>What was merged into the untagged rest, though it had tags, and isn't noted in a record yet.</summary>
    public Quantity Merged { get; private set; }

    /// <summary>Whether there is nothing to know.</summary>
    public bool IsEmpty => _sets.Count == 0 && Merged == Quantity.Zero;

    /// <summary>Takes in what an hour came to.</summary>
    /// <param name="hour">The hour's sums, which are given up.</param>
    public void Add(TagSums hour)
    {
        // What a set has in fractions of a millionth alone is as good as nothing, and goes to the untagged rest.
        foreach (var (text, sum) in hour.Sums.Where(pair => pair.Value != Quantity.Zero))
        {
            var known = _sets.GetValueOrDefault(text);
            _sets[text] = new(known.Owed + sum, known.Fresh + sum);
        }

        Merged += hour.Merged;
    }

    /// <summary>Divides a record's quantity.</summary>
    /// <param name="record">
    /// The record's quantity and what rounding did, of all that is carried and used by tag sets and the rest.
    /// </param>
    /// <param name="fresh">What was used since the last record, by tag sets and the rest.</param>
    /// <param name="keys">By which tags the product allocates now; others are left out of the sets.</param>
    /// <param name="limits">How many tag sets there may be.</param>
    /// <returns>The parts; null when all of it is untagged.</returns>
    public RecordAllocations? Take(
        RoundedQuantity record, Quantity fresh, IReadOnlyList<string> keys, AllocationLimits limits)
    {
        if (_sets.Count == 0)
        {
            return null;
        }

        KeepOnly(keys);
        Bound(limits);
        var texts = _sets.Keys.ToArray();
        var owed = OwedToEach(record, fresh);
        var parts = Apportionment.Divide(owed, record.Whole);
        for (var index = 0; index < texts.Length; index++)
        {
            var left = owed[index] - Quantity.OfUnits(parts[index]);
            _sets[texts[index]] = new(left, Quantity.Zero);
            if (left == Quantity.Zero)
            {
                _sets.Remove(texts[index]);
            }
        }

        return Allocated(texts, parts);
    }

    /// <summary>Says what was merged since it was last asked.</summary>
    /// <returns>How much.</returns>
    public Quantity TakeMerged()
    {
        var merged = Merged;
        Merged = Quantity.Zero;
        return merged;
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Quantity(Merged);
        writer.Int32(_sets.Count);
        foreach (var (text, balance) in _sets)
        {
            writer.Text(text);
            writer.Quantity(balance.Owed);
            writer.Quantity(balance.Fresh);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The balances.</returns>
    public static TagBalances Read(ref PayloadReader reader)
    {
        var balances = new TagBalances { Merged = reader.Quantity() };
        var count = reader.Count();
        for (var index = 0; index < count; index++)
        {
            var text = reader.Text() ?? throw new FormatException("A balance without its tags.");
            balances._sets.Add(text, new(reader.Quantity(), reader.Quantity()));
        }

        return balances;
    }

    private static RecordAllocations? Allocated(string[] texts, int[] parts)
    {
        var allocations = new List<TagAllocation>();
        if (parts[^1] > 0)
        {
            allocations.Add(new(TagSet.Untagged, parts[^1]));
        }

        for (var index = 0; index < texts.Length; index++)
        {
            if (parts[index] > 0)
            {
                allocations.Add(new(new(texts[index]), parts[index]));
            }
        }

        return parts.AsSpan()[..^1].ContainsAnyExcept(0) ? new(allocations) : null;
    }

    /// <summary>
    /// What each is owed, the rest as the last. What rounding adds or takes is shared in proportion to what each used,
    /// to a millionth; of what isn't fresh nobody knows who used it, so the rest has it.
    /// </summary>
    private Quantity[] OwedToEach(RoundedQuantity record, Quantity fresh)
    {
        var total = Quantity.OfUnits(record.Whole) + record.Carry;
        var owed = new Quantity[_sets.Count + 1];
        var at = 0;
        foreach (var balance in _sets.Values)
        {
            var shared = fresh == Quantity.Zero
                ? Quantity.Zero
                : new(record.Adjustment.Micros * balance.Fresh.Micros / fresh.Micros);
            owed[at] = balance.Owed + shared;
            total -= owed[at++];
        }

        owed[at] = total;
        return owed;
    }

    private void KeepOnly(IReadOnlyList<string> keys)
    {
        foreach (var (text, balance) in _sets.ToArray())
        {
            var left = new TagSet(text).Only(keys);
            if (left.Text == text)
            {
                continue;
            }

            _sets.Remove(text);
            if (left != TagSet.Untagged)
            {
                var known = _sets.GetValueOrDefault(left.Text);
                _sets[left.Text] = new(known.Owed + balance.Owed, known.Fresh + balance.Fresh);
            }
        }
    }

    /// <summary>Keeps as many sets as there is room for, first those of new usage, and merges the others.</summary>
    private void Bound(AllocationLimits limits)
    {
        var bytes = _sets.Keys.Sum(text => AllocationLimits.SizeOf(new(text)));
        if (_sets.Count <= limits.SetsMax && bytes <= limits.BytesMax)
        {
            return;
        }

        var byNeed = _sets.OrderBy(pair => pair.Value.Fresh == Quantity.Zero)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        for (var last = byNeed.Length - 1; _sets.Count > limits.SetsMax || bytes > limits.BytesMax; last--)
        {
            var (text, balance) = byNeed[last];
            _sets.Remove(text);
            bytes -= AllocationLimits.SizeOf(new(text));
            Merged += balance.Fresh;
        }
    }

    private readonly record struct Balance(Quantity Owed, Quantity Fresh);
}
