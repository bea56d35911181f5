using CsCheck;
using Tally.Emulator.Rules;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Tests.Rules;

public sealed class AllocationsTests
{
    private const string Allocation = "InvalidUsageAllocationsException";
    private const string BadTag = "InvalidTagException";

    [Fact]
    public void Check_AnySplitOverDifferentTags_IsFineAndOffByOneIsNot() =>
        Gen.Int[0, 1000].List[1, 40].Sample(parts =>
        {
            var allocations = parts.Select((part, index) => Part(part, ("team", $"t{index}"))).ToList();
            var record = Record(parts.Sum(), [.. allocations]);
            Assert.Null(CheckRecord(record));
            Assert.Equal(Allocation, CheckRecord(record with { Quantity = record.Quantity + 1 })?.Code);
        });

    [Fact]
    public void Check_SumBeyondAnInteger_DoesNotWrap() => Assert.Equal(
        Allocation, CodeOf(0, Part(int.MaxValue, ("a", "1")), Part(int.MaxValue, ("a", "2")), Part(2, ("a", "3"))));

    [Fact]
    public void Check_SameTagsInAnotherOrder_IsTheSameSet() => Assert.Equal(
        Allocation, CodeOf(2, Part(1, ("a", "1"), ("b", "2")), Part(1, ("b", "2"), ("a", "1"))));

    [Fact]
    public void Check_OneAllocationWithoutTags_IsFineAndTwoAreNot()
    {
        Assert.Null(CodeOf(2, Part(1, ("a", "1")), new UsageAllocation(1, null)));
        Assert.Equal(Allocation, CodeOf(2, new UsageAllocation(1, null), new UsageAllocation(1, null)));
    }

    [Fact]
    public void Check_TagTextsThatReadAlikeTogether_AreDifferentSets() => Assert.Null(
        CodeOf(2, Part(1, ("a", "1b"), ("b", "2")), Part(1, ("a", "1"), ("bb", "2"))));

    [Theory]
    [InlineData("", "v")]
    [InlineData("k", "")]
    [InlineData("k", "ä")]
    [InlineData("k[", "v")]
    [InlineData("k", "v\n")]
    public void Check_TagOutsideThePattern_IsInvalid(string key, string value) =>
        Assert.Equal(BadTag, CodeOf(1, Part(1, (key, value))));

    [Fact]
    public void Check_TagLengths_HaveTheirLimits()
    {
        Assert.Null(CodeOf(1, Part(1, (new string('k', 100), new string('v', 256)))));
        Assert.Equal(BadTag, CodeOf(1, Part(1, (new string('k', 101), "v"))));
        Assert.Equal(BadTag, CodeOf(1, Part(1, ("k", new string('v', 257)))));
    }

    [Fact]
    public void Check_TagKeys_AreAtMostFiveAndDifferent()
    {
        var five = Enumerable.Range(0, 5).Select(index => ($"k{index}", "v")).ToArray();
        Assert.Null(CodeOf(1, Part(1, five)));
        Assert.Equal(BadTag, CodeOf(1, Part(1, [.. five, ("k5", "v")])));
        Assert.Equal(BadTag, CodeOf(1, Part(1, ("a", "1"), ("a", "2"))));
        Assert.Equal(BadTag, CodeOf(2, Part(1, five), Part(1, ("k5", "v"))));
    }

    [Fact]
    public void Check_NumberOfAllocations_HasItsLimit()
    {
        var most = Enumerable.Range(0, AcceptanceRules.Aws2026.AllocationsMax)
            .Select(index => Part(1, ("k", $"{index}"))).ToArray();
        Assert.Null(CodeOf(most.Length, most));
        Assert.Equal(Allocation, CodeOf(most.Length + 1, [.. most, Part(1, ("k", "more"))]));
    }

    private static string? CodeOf(int quantity, params UsageAllocation[] allocations) =>
        CheckRecord(Record(quantity, allocations))?.Code;

    private static UsageRecord Record(int quantity, UsageAllocation[] allocations) =>
        new() { Quantity = quantity, UsageAllocations = allocations };

    private static UsageAllocation Part(int quantity, params (string Key, string Value)[] tags) =>
        new(quantity, [.. tags.Select(tag => new Tag(tag.Key, tag.Value))]);

    private static ServiceError? CheckRecord(UsageRecord record) => Allocations.Check(
        record.UsageAllocations, record.Quantity, AcceptanceRules.Aws2026, new OpenPoints());
}
