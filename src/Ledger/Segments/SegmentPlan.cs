using System.Runtime.InteropServices;
using Tally.Domain.Ledger;

namespace Tally.Ledger.Segments;

/// <summary>Makes segments of lines that are to be written together.</summary>
/// <param name="next">The lowest sequence that may be used, above zero.</param>
internal sealed class SegmentPlan(long next)
{
    /// <summary>The lowest sequence that may be used next.</summary>
    public long Next { get; private set; } = next;

    /// <summary>Groups lines by product and hour, and leaves them in their order otherwise.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>The groups.</returns>
    public static Dictionary<HourKey, List<LedgerLine>> Group(IReadOnlyList<LedgerLine> lines)
    {
        var groups = new Dictionary<HourKey, List<LedgerLine>>();
        List<LedgerLine> group = [];
        HourKey? last = null;
        foreach (var line in lines)
        {
            var key = new HourKey(line.Customer.Product, line.Record.Key.HourStartSeconds);
            if (key != last)
            {
                ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
                (last, group) = (key, place ??= []);
            }

            group.Add(line);
        }

        return groups;
    }

    /// <summary>Makes segments of those lines of a group that the ledger doesn't have.</summary>
    /// <param name="hour">The group.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="known">Which lines the ledger has; those that are written are added.</param>
    /// <returns>The segments.</returns>
    public IEnumerable<LedgerSegment> Cut(HourKey hour, List<LedgerLine> lines, KnownLines.Hour known)
    {
        for (var start = 0; start < lines.Count; start += LedgerSegment.CountMax)
        {
            var some = new List<LedgerLine>(LedgerSegment.CountMax);
            using var noted = new MemoryStream();
            foreach (var line in lines.Skip(start).Take(LedgerSegment.CountMax))
            {
                if (known.Add(line, noted))
                {
                    some.Add(line);
                }
            }

            if (some.Count > 0)
            {
                yield return Make(hour, CollectionsMarshal.AsSpan(some), noted.ToArray());
            }
        }
    }

    private LedgerSegment Make(HourKey hour, ReadOnlySpan<LedgerLine> lines, byte[] known)
    {
        // No segment begins in one epoch and ends in another.
        var sequence = LedgerSegment.EpochOf(Next) == LedgerSegment.EpochOf(Next + lines.Length - 1)
            ? Next
            : LedgerSegment.EpochOf(Next + lines.Length - 1) * LedgerSegment.EpochLength;
        Next = sequence + lines.Length;
        var kinds = 0;
        foreach (var line in lines)
        {
            kinds |= 1 << (int)line.Kind;
        }

        return new(hour, sequence, lines.Length)
        {
            Kinds = kinds,
            Keys = SegmentKeys.Of(lines),
            Known = known,
            Payload = SegmentFormat.Write(lines),
        };
    }
}
