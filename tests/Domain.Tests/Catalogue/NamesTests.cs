using CsCheck;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Tests.Catalogue;

public sealed class NamesTests
{
    [Theory]
    [InlineData("4w1cxq9e5v3uexample", true)]
    [InlineData("prod-abc/=:_.@XYZ09", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a|b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    public void IsProductCode_Text_HasOnlyTheCharactersOfTheServiceModel(string code, bool valid) =>
        Assert.Equal(valid, Names.IsProductCode(code));

    [Theory]
    [InlineData("acme", true)]
    [InlineData("acme-2", true)]
    [InlineData("", false)]
    [InlineData("Acme", false)]
    [InlineData("a_b", false)]
    [InlineData("a|b", false)]
    [InlineData("a.b", false)]
    public void IsTenant_Text_HasLowerCaseLettersDigitsAndHyphens(string name, bool valid) =>
        Assert.Equal(valid, Names.IsTenant(name));

    [Theory]
    [InlineData("x", true)]
    [InlineData("a|b c\n\u00e9\u4e2d", true)]
    [InlineData("\ud83d\ude00", true)]
    [InlineData("", false)]
    public void IsName_Text_MayHaveAnyCharacters(string name, bool valid) => Assert.Equal(valid, Names.IsName(name));

    [Fact]
    public void IsName_TextThatNotEveryStoreGivesBack_IsRefused()
    {
        string[] halves = ["\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00", "\ud83d\ude00\ude00"];
        Assert.All(halves, name => Assert.NotEqual(name, Roundtrip(name)));
        Assert.All(halves.Append("\0").Append("a\0b"), name => Assert.False(Names.IsName(name)));
    }

    [Fact]
    public void IsName_AnyText_IsTakenWhenUtf8GivesItBack() =>
        Gen.OneOf(Gen.Char, Gen.OneOf('\ud83d', '\ude00')).Array[1, 6].Select(letters => new string(letters)).Sample(
            name => Assert.Equal(Roundtrip(name) == name && !name.Contains('\0'), Names.IsName(name)),
            iter: 5_000);

    [Fact]
    public void Lengths_AtTheLimits_AreExact()
    {
        Assert.True(Names.IsProductCode(new('a', 255)));
        Assert.False(Names.IsProductCode(new('a', 256)));
        Assert.True(Names.IsTenant(new('a', 63)));
        Assert.False(Names.IsTenant(new('a', 64)));
        Assert.True(Names.IsName(new('a', 255)));
        Assert.False(Names.IsName(new('a', 256)));
    }

    private static string Roundtrip(string name) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name));
}
