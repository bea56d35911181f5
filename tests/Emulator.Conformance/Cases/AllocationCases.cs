using System.Text.Json.Nodes;
using static Tally.Emulator.Conformance.Cases.Say;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>How a quantity may be split over tags.</summary>
internal static class AllocationCases
{
    private const string BadTag = "InvalidTagException";
    private const string BadSplit = "InvalidUsageAllocationsException";
    private static readonly string Key100 = new('k', 100);
    private static readonly string Value256 = new('v', 256);

    public static IEnumerable<Case> All => [.. Sums, .. Tags, .. Limits];

    private static IEnumerable<Case> Sums =>
    [
        Of("sum", "Allocations add up to the quantity; one of them may be without tags.", Model,
            (Gives("Success"), Split((1, ["team=a"]), (2, [])), 3)),
        Of("sum.less", "Less is refused.", Model,
            (Fails(BadSplit), Split((2, ["team=a"])), 3)),
        Of("sum.more", "So is more.", Model,
            (Fails(BadSplit), Split((3, ["team=a"]), (1, [])), 3)),
        Of("same-tags", "Each allocation has another set of tags.", Model,
            (Fails(BadSplit), Split((1, ["team=a", "env=x"]), (2, ["env=x", "team=a"])), 3)),
        Of("zero", "An allocation may be zero.", Model,
            (Gives("Success"), Split((3, ["team=a"]), (0, ["team=b"])), 3)),
        Of("negative", "But not negative.", Model,
            (Invalid(
                "'-1'",
                "usageRecords.1.member.usageAllocations.2.member.allocatedUsageQuantity",
                "Member must have value greater than or equal to 0"), Split((4, ["team=a"]), (-1, ["team=b"])), 3)),
        new("split.other", "The same quantity split otherwise is Success.", "open point",
            Batch(Gives("Success"), Record(("UsageAllocations", Split((3, ["team=a"]))))),
            Batch(GivesAgain("Success", 0), Record(("UsageAllocations", Split((3, ["team=b"])))))),
    ];

    private static IEnumerable<Case> Tags =>
    [
        Of("tags.5", "An allocation has up to five tags.", Model,
            (Gives("Success"), Split((3, ["a=1", "b=1", "c=1", "d=1", "e=1"])), 3)),
        Of("tags.6", "Six are refused.", Model,
            (Fails(BadTag), Split((3, ["a=1", "b=1", "c=1", "d=1", "e=1", "f=1"])), 3)),
        Of("tags.keys", "A record has up to five different keys.", Guide,
            (Fails(BadTag), Split((1, ["a=1", "b=1", "c=1"]), (2, ["d=1", "e=1", "f=1"])), 3)),
        Of("tags.repeated", "A key comes once in an allocation.", Model,
            (Fails(BadTag), Split((3, ["a=1", "a=2"])), 3)),
        Of("tags.key.100", "A key has up to 100 characters, a value up to 256.", Model,
            (Gives("Success"), Split((3, [$"{Key100}={Value256}"])), 3)),
        Of("tags.key.101", "A longer key is refused.", Model,
            (Fails(BadTag), Split((3, [$"{Key100}k=v"])), 3)),
        Of("tags.value.257", "So is a longer value.", Model,
            (Fails(BadTag), Split((3, [$"k={Value256}v"])), 3)),
        Of("tags.value.empty", "A value isn't empty.", "model, open point",
            (Fails(BadTag), Split((3, ["k="])), 3)),
        Of("tags.characters", "Letters, digits and + -=._:/@ are fine.", Model,
            (Gives("Success"), Split((3, ["a+ -._:/@=b+ -=._:/@"])), 3)),
        Of("tags.umlaut", "Others are not.", Model,
            (Fails(BadTag), Split((3, ["grün=x"])), 3)),
    ];

    private static IEnumerable<Case> Limits =>
    [
        Of("count.2500", "A record has up to 2500 allocations.", Model,
            (Gives("Success"), Many(2500), 2500)),
        Of("count.2501", "More are refused.", Model,
            (Fails(BadSplit), Many(2501), 2501)),
        Of("count.500.2020", "In 2020 there were 500.", "model of 2020",
            (Gives("Success"), Many(500), 500)) with
        {
            World = World.Of2020,
        },
        Of("count.501.2020", "And no more.", "model of 2020",
            (Fails(BadSplit), Many(501), 501)) with
        {
            World = World.Of2020,
        },
        Of("count.0", "A list of allocations isn't empty.", Model,
            (Invalid(
                "'[]'",
                "usageRecords.1.member.usageAllocations",
                "Member must have length greater than or equal to 1"), [], 3)),
    ];

    private static JsonArray Many(int count) =>
        new([.. Enumerable.Range(0, count).Select(index => Split((1, [$"n={index}"]))[0]!.DeepClone())]);

    private static Case Of(
        string id,
        string rule,
        string source,
        (Expectation Expected, JsonArray Allocations, int Quantity) split) => new(
            $"split.{id}",
            rule,
            source,
            Batch(split.Expected, Record(("Quantity", split.Quantity), ("UsageAllocations", split.Allocations))));
}
