using Tally.Domain.Allocations;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>
/// The judge of allocations of one dimension by the tag <c>team</c>: hands units out one by one. In millionths, all of
/// it, so that what rounding adds can be shared as exactly as the ledger does.
/// </summary>
internal sealed class NaiveAllocations
{
    private readonly Dictionary<string, decimal> _owed = [];
    private readonly Dictionary<string, decimal> _fresh = [];
    private decimal _refused;

    /// <summary>Takes in what events came to, one by one, with their tags as they travel.</summary>
    public void Use(string tags, decimal micros)
    {
        _refused += IsRefused(tags) ? micros : 0;
        var set = IsRefused(tags) ? "" : tags;
        _owed[set] = _owed.GetValueOrDefault(set) + micros;
        _fresh[set] = _fresh.GetValueOrDefault(set) + micros;
    }

    /// <summary>Divides a record's units.</summary>
    public RecordAllocations? Divide(int whole, decimal adjustment)
    {
        var total = _fresh.Values.Sum();
        var shared = 0m;
        foreach (var set in _owed.Keys.Where(set => set.Length > 0 && total > 0).ToList())
        {
            var share = decimal.Truncate(adjustment * _fresh.GetValueOrDefault(set) / total);
            _owed[set] += share;
            shared += share;
        }

        _owed[""] = _owed.GetValueOrDefault("") + adjustment - shared;
        _fresh.Clear();
        var parts = HandOut(whole);
        return parts.Keys.Any(set => set.Length > 0)
            ? new([.. parts.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new TagAllocation(new(one.Key), one.Value))])
            : null;
    }

    /// <summary>Says what had a tag that AWS doesn't take since it was last asked.</summary>
    public Quantity TakeRefused()
    {
        var refused = new Quantity((Int128)_refused);
        _refused = 0;
        return refused;
    }

    /// <summary>Whether AWS would not take the tags.</summary>
    public static bool IsRefused(string tags) => tags.Any(character => character > 127);

    private SortedDictionary<string, int> HandOut(int whole)
    {
        var parts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var level = LevelOf(whole);
        foreach (var set in _owed.Keys.Where(set => _owed[set] > level + 2_000_000m).ToList())
        {
            whole -= Give(set, (int)decimal.Floor((_owed[set] - level) / 1_000_000m) - 1, parts);
        }

        while (whole > 0)
        {
            // Of equals the tagged come first, in their order.
            var next = _owed.Keys.OrderByDescending(set => _owed[set]).ThenBy(set => set.Length == 0)
                .ThenBy(set => set, StringComparer.Ordinal).First();
            whole -= Give(next, 1, parts);
        }

        return parts;
    }

    private int Give(string set, int units, SortedDictionary<string, int> parts)
    {
        parts[set] = parts.GetValueOrDefault(set) + units;
        _owed[set] -= units * 1_000_000m;
        return units;
    }

    /// <summary>
    /// What everybody would be brought down to if units could be split; nobody is below it by more than one. Large
    /// quantities would else take for ever to hand out.
    /// </summary>
    private decimal LevelOf(int whole)
    {
        var claims = _owed.Values.OrderDescending().ToList();
        for (var count = 1; ; count++)
        {
            var level = (claims.Take(count).Sum() - (whole * 1_000_000m)) / count;
            if (count == claims.Count || level >= claims[count])
            {
                return level;
            }
        }
    }
}
