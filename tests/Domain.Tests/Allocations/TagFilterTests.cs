using Tally.Domain.Allocations;

namespace Tally.Domain.Tests.Allocations;

/// <summary>Which of an event's tags its product allocates by.</summary>
public sealed class TagFilterTests
{
    private static readonly TagFilter Filter = TagFilter.For(["team", "env"])!;

    [Theory]
    [InlineData("", "")]
    [InlineData("user\0u1\0", "")]
    [InlineData("team\0blue\0user\0u1\0", "team\0blue\0")]
    [InlineData("env\0live\0team\0blue\0", "env\0live\0team\0blue\0")]
    [InlineData("env\0live\0team\0\0", "env\0live\0")]
    [InlineData("teams\0blue\0", "")]
    [InlineData("Team\0blue\0", "")]
    [InlineData("team\0a+ -=._:/@Z9\0", "team\0a+ -=._:/@Z9\0")]
    [InlineData("user\0f\u00fcnf\0", "")]
    public void Find_AnyTags_KeepsThoseThatAreAllocatedBy(string tags, string set) =>
        Assert.Equal(new(set), Find(tags));

    [Theory]
    [InlineData("team\0f\u00fcnf\0")]
    [InlineData("env\0live\0team\0a,b\0")]
    [InlineData("team\0a;b\0")]
    [InlineData("team")]
    [InlineData("team\0blue")]
    public void Find_ValueThatAwsWouldNotTake_IsRefused(string tags) => Assert.Equal(TagSet.Refused, Find(tags));

    [Fact]
    public void Find_TheLongestTags_AreFoundAndLongerOnesRefused()
    {
        var keys = Enumerable.Range(0, 5).Select(number => $"{number}{new string('k', 99)}").ToArray();
        var tags = string.Concat(keys.Select(key => $"{key}\0{new string('v', 256)}\0"));
        var filter = TagFilter.For(keys)!;
        Assert.Equal(tags, filter.Find(System.Text.Encoding.UTF8.GetBytes(tags)).Text);
        Assert.Equal(TagSet.Refused, filter.Find(System.Text.Encoding.UTF8.GetBytes(tags.Replace("vv\0", "vvv\0"))));
        Assert.Equal(TagSet.Refused, filter.Find(System.Text.Encoding.UTF8.GetBytes(tags + tags)));
    }

    [Fact]
    public void For_NoKeys_IsNoFilter() => Assert.Null(TagFilter.For([]));

    [Fact]
    public void Only_SomeKeys_LeavesTheirTags()
    {
        var set = TagSet.Of(new("team", "blue"), new("env", "live"));
        Assert.Equal("env\0live\0team\0blue\0", set.Text);
        Assert.Equal([new("env", "live"), new("team", "blue")], set.Tags());
        Assert.Equal(TagSet.Of(new UsageTag("team", "blue")), set.Only(["team", "other"]));
        Assert.Equal(TagSet.Untagged, set.Only([]));
        Assert.Equal(set, set.Only(["team", "env"]));
    }

    private static TagSet Find(string tags) => Filter.Find(System.Text.Encoding.UTF8.GetBytes(tags));
}
