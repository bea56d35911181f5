using CsCheck;
using Tally.Domain.Tenancy;

namespace Tally.Domain.Tests.Tenancy;

public sealed class AccessKeyPairTests
{
    [Fact]
    public void SpellId_AnyBytes_IsAnId() =>
        Gen.Byte.Array[AccessKeyPair.IdBytes].Sample(bytes => AccessKeyPair.IsId(AccessKeyPair.SpellId(bytes)));

    [Theory]
    [InlineData("")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("TALLY0F3C7A2E5B9D4C6E8A1B2C3")]
    [InlineData("TALLY0F3C7A2E5B9D4C6E8A1B2C3DD")]
    [InlineData("TALLY0f3c7a2e5b9d4c6e8a1b2c3d")]
    public void IsId_OtherText_IsNone(string text) => Assert.False(AccessKeyPair.IsId(text));

    [Fact]
    public void SecretOf_SameKeyAndId_IsAlwaysTheSameAndOtherwiseAnother()
    {
        var (key, other) = (new byte[KeyDerivation.KeyBytes], new byte[KeyDerivation.KeyBytes]);
        other[0] = 1;

        Assert.Equal(AccessKeyPair.SecretOf(key, "A"), AccessKeyPair.SecretOf(key, "A"));
        Assert.NotEqual(AccessKeyPair.SecretOf(key, "A"), AccessKeyPair.SecretOf(key, "B"));
        Assert.NotEqual(AccessKeyPair.SecretOf(key, "A"), AccessKeyPair.SecretOf(other, "A"));
    }
}
