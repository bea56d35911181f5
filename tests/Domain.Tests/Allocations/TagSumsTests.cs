using CsCheck;
using Tally.Domain.Allocations;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Allocations;

/// <summary>What tag sets came to in an hour, with only so much room.</summary>
public sealed class TagSumsTests
{
    private static readonly AllocationLimits Tight = new(4, 400);

    private static readonly Gen<(TagSet Set, Quantity Quantity)[]> AnyUsage = Gen.Select(
        Gen.OneOf(
            Gen.Const(TagSet.Untagged),
            Gen.Const(TagSet.Refused),
            Gen.Int[0, 9].Select(number => TagSet.Of(new UsageTag("team", new('a', number + 1)))),
            Gen.Int[0, 3].Select(number => TagSet.Of(new UsageTag("team", new string((char)('b' + number), 90))))),
        Gen.Long[0, 3].Select(Quantity.OfUnits)).Array[0, 40];

    [Fact]
    public void Add_InAnyOrderAndWithSnapshotsBetween_ComesToTheSame() =>
        Gen.Select(AnyUsage, Gen.Int, Gen.Int[0, 40]).Sample((usage, seed, pause) =>
        {
            var (sums, others) = (new TagSums(Tight), new TagSums(Tight));
            foreach (var (set, quantity) in usage)
            {
                sums.Add(set, quantity);
            }

            var shuffled = usage.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var (index, (set, quantity)) in shuffled.Index())
            {
                others = index == pause ? Restored(others) : others;
                others.Add(set, quantity);
            }

            Assert.Equal(BytesOf(sums), BytesOf(others));
        });

    [Fact]
    public void Add_Fractions_ComeToTheSameInAnyOrderAndNoneIsLost() =>
        Gen.Select(AnyUsage, Gen.Int, Gen.Int[0, 40]).Sample((usage, seed, pause) =>
        {
            var (sums, others) = (new TagSums(Tight), new TagSums(Tight));
            var parts = usage.Select((one, index) => (one.Set, Micros: (long)one.Quantity.Micros / 1_000_000, index))
                .Select(one =>
                    (one.Set, Quantity: new Quantity(one.Micros), Part: new MicroFraction(1 + one.Micros, 5)))
                .ToArray();
            foreach (var (set, quantity, part) in parts)
            {
                sums.Add(set, quantity, part);
            }

            new Random(seed).Shuffle(parts);
            foreach (var (index, (set, quantity, part)) in parts.Index())
            {
                others = index == pause ? Restored(others) : others;
                others.Add(set, quantity, part);
            }

            Assert.Equal(BytesOf(sums), BytesOf(others));
            var fifths = parts.Where(one => one.Set != TagSet.Untagged)
                .Sum(one => (5 * (long)one.Quantity.Micros) + one.Part.Numerator);
            var kept = (long)(Total(sums.Sums.Values) + sums.Merged).Micros;
            Assert.InRange(fifths, 5 * kept, (5 * kept) + (4 * (sums.Sums.Count + 1)));
        });

    [Fact]
    public void Add_AnyUsage_KeepsTheFirstSetsThatHaveRoomAndMergesTheOthers() => AnyUsage.Sample(usage =>
    {
        var sums = new TagSums(Tight);
        foreach (var (set, quantity) in usage)
        {
            sums.Add(set, quantity);
        }

        var tagged = usage.Where(one => one.Quantity > Quantity.Zero && one.Set.Text is not ("" or "\0"))
            .GroupBy(one => one.Set.Text, one => one.Quantity, StringComparer.Ordinal)
            .OrderBy(one => one.Key, StringComparer.Ordinal).ToList();
        var kept = tagged.Where((_, index) =>
            index < 4 && tagged.Take(index + 1).Sum(one => AllocationLimits.SizeOf(new(one.Key))) <= 400).ToList();
        Assert.Equal(
            kept.ToDictionary(one => one.Key, one => Total(one)), sums.Sums.ToDictionary(StringComparer.Ordinal));
        var all = Total(usage.Where(one => one.Set != TagSet.Untagged).Select(one => one.Quantity));
        Assert.Equal(all - Total(sums.Sums.Values), sums.Merged);
    });

    [Fact]
    public void SizeOf_AnySet_IsAtLeastWhatJsonNeeds() => Gen.Char["+ -=._:/@0aZ"].Array[1, 60].Sample(characters =>
    {
        var set = TagSet.Of(new("team", new(characters)), new("env", "live"));
        var json = System.Text.Json.JsonSerializer.Serialize(new
        {
            AllocatedUsageQuantity = int.MaxValue,
            Tags = set.Tags().Select(tag => new { tag.Key, tag.Value }),
        });
        Assert.True(json.Length + 1 <= AllocationLimits.SizeOf(set), json);
    });

    private static Quantity Total(IEnumerable<Quantity> parts) => parts.Aggregate((Quantity)default, (a, b) => a + b);

    private static byte[] BytesOf(TagSums sums)
    {
        var writer = new PayloadWriter();
        sums.Write(writer);
        sums.WriteFractions(writer);
        return writer.Written.ToArray();
    }

    private static TagSums Restored(TagSums sums)
    {
        var reader = new PayloadReader(BytesOf(sums));
        var restored = TagSums.Read(ref reader, Tight);
        restored.ReadFractions(ref reader);
        return restored;
    }
}
