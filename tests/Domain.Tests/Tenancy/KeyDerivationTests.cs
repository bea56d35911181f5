using Tally.Domain.Tenancy;

namespace Tally.Domain.Tests.Tenancy;

public sealed class KeyDerivationTests
{
    private static readonly byte[] Master = [.. Enumerable.Range(0, 32).Select(at => (byte)at)];

    /// <summary>What was signed yesterday must be known tomorrow: this must never change.</summary>
    [Fact]
    public void Derive_Purpose_IsHkdfOfIt() => Assert.Equal(
        "36bbd41661f833863cf739afa9014113026d26d3b3881eba48b77f0b19154ca2",
        Convert.ToHexStringLower(KeyDerivation.Derive(Master, "webhooks")));

    [Fact]
    public void Derive_OtherPurposeOrMaster_IsAnotherKey()
    {
        var key = KeyDerivation.Derive(Master, "webhooks");
        Assert.NotEqual(key, KeyDerivation.Derive(Master, "webhook"));
        Assert.NotEqual(key, KeyDerivation.Derive([.. Master, 1], "webhooks"));
    }

    [Fact]
    public void Derive_ShortMasterOrNoPurpose_Throws()
    {
        Assert.Throws<ArgumentException>(() => KeyDerivation.Derive(Master.AsSpan(1), "webhooks"));
        Assert.Throws<ArgumentException>(() => KeyDerivation.Derive(Master, ""));
    }

    [Theory]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", true)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", false)]
    [InlineData("not base64", false)]
    [InlineData("", false)]
    public void ParseMaster_Text_IsAKeyWhenLongEnough(string text, bool isKey) =>
        Assert.Equal(isKey ? Master : null, KeyDerivation.ParseMaster(text));
}
