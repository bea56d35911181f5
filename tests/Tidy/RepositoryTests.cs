namespace Tally.Tidy;

/// <summary>Every rule of the house style, on every file of this repository.</summary>
public sealed class RepositoryTests
{
    private static readonly string Root = Codebase.FindRoot();
    private static readonly Codebase Code = Codebase.OfRepository(Root);
    private static readonly Ratchet Allowed =
        Ratchet.Parse(File.ReadAllText(Path.Combine(Root, "tests", "Tidy", "ratchet.txt")));

    public static TheoryData<string> RuleNames => new(RuleBook.All.Select(rule => rule.Name));

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Check_ThisRepository_KeepsTheRule(string name)
    {
        var rule = RuleBook.Named(name);

        var complaints = Allowed.Judge(rule.Name, rule.Check(Code));

        Assert.True(
            complaints.Count == 0,
            $"{rule.Name}: {rule.Remedy}\n{string.Join('\n', complaints.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void OfRepository_ThisRepository_FindsItsFiles()
    {
        Assert.Contains(Code.Product, file => file.IsIn("src/Journal"));
        Assert.Contains(Code.Tests, file => file.Path == "tests/Tidy/RepositoryTests.cs");
        Assert.Contains(Code.Projects, project => project.Name == "Domain");
        Assert.Contains(Code.Files, file => file.Path == "Platform.sln");
        Assert.DoesNotContain(Code.Files, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ThisRatchet_NamesOnlyRulesThatExist() =>
        Assert.All(Allowed.Rules, name => Assert.NotNull(RuleBook.Named(name)));
}
