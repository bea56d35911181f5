using Tally.Domain.Catalogue;

namespace Tally.Domain.Tests.Catalogue;

public sealed class CustomerNamesTests
{
    [Theory]
    [InlineData("cust-1", null, null, "cust-1")]
    [InlineData("cust-1", "123456789012", null, "cust-1")]
    [InlineData(null, "123456789012", null, "123456789012")]
    [InlineData("cust-1", "123456789012", "arn:aws:l:1", "arn:aws:l:1")]
    public void Of_Identity_IsTheNameThatTellsMost(string? identifier, string? account, string? license, string name) =>
        Assert.Equal(name, CustomerNames.Of(new(identifier, account, license)));

    [Fact]
    public void Of_LongLicence_IsANameAllTheSame()
    {
        var (one, two) = ($"arn:{new string('x', 300)}1", $"arn:{new string('x', 300)}2");

        Assert.True(Names.IsName(CustomerNames.Of(new(null, "1", one))));
        Assert.NotEqual(CustomerNames.Of(new(null, "1", one)), CustomerNames.Of(new(null, "1", two)));
    }

    [Fact]
    public void Of_Nobody_IsNoName() => Assert.Throws<ArgumentException>(() => CustomerNames.Of(new(null, null, null)));
}
