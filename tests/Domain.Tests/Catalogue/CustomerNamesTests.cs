using Tally.Domain.Catalogue;

namespace Tally.Domain.Tests.Catalogue;

public sealed class CustomerNamesTests
{
    private const string Licence = "arn:aws:license-manager:us-east-1:294406891311:license:l-1";

    [Theory]
    [InlineData("X01", null, null, "X01")]
    [InlineData("X01", "210987654321", null, "X01")]
    [InlineData(null, "210987654321", null, "210987654321")]
    [InlineData("X01", "210987654321", Licence, Licence)]
    public void Of_Identity_IsItsMostPreciseName(string? identifier, string? account, string? licence, string name) =>
        Assert.Equal(name, CustomerNames.Of(new(identifier, account, licence)));

    [Fact]
    public void Of_NameThatIsTooLong_IsItsHash()
    {
        var name = CustomerNames.Of(new(null, "1", Licence + new string('x', 300)));
        Assert.StartsWith("sha256:", name, StringComparison.Ordinal);
        Assert.True(Names.IsName(name));
        Assert.NotEqual(name, CustomerNames.Of(new(null, "1", Licence + new string('x', 301))));
    }

    [Theory]
    [InlineData("X01", "1", null, "X01", null, null)]
    [InlineData("X01", "1", Licence, null, "1", Licence)]
    [InlineData("X01", null, Licence, "X01", null, null)]
    [InlineData(null, "1", null, null, "1", null)]
    public void OfRecords_Identity_NamesTheBuyerInOneWay(
        string? identifier, string? account, string? licence, string? one, string? two, string? three) =>
        Assert.Equal(new(one, two, three), CustomerNames.OfRecords(new(identifier, account, licence)));
}
