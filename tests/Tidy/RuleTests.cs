namespace Tally.Tidy;

/// <summary>Every rule on its own snippets, so that a rule that cannot fail is noticed.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> RuleNames => RepositoryTests.RuleNames;

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Check_BrokenSnippet_IsFoundOnce(string name)
    {
        var rule = RuleBook.Named(name);

        Assert.NotEmpty(rule.Broken);
        Assert.All(rule.Broken, example => Assert.Single(rule.Check(example.Code)));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Check_KeptSnippet_IsLeftAlone(string name)
    {
        var rule = RuleBook.Named(name);

        Assert.NotEmpty(rule.Kept);
        Assert.All(rule.Kept, example => Assert.Empty(rule.Check(example.Code)));
    }

    [Fact]
    public void All_Names_AreDistinct() =>
        Assert.Equal(RuleBook.All.Count, RuleBook.All.DistinctBy(rule => rule.Name, StringComparer.Ordinal).Count());
}
