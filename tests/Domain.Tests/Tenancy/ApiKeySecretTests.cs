using Tally.Domain.Tenancy;

namespace Tally.Domain.Tests.Tenancy;

public sealed class ApiKeySecretTests
{
    [Fact]
    public void Spell_RandomBytes_IsAPrefixAndTheirDigits()
    {
        var secret = ApiKeySecret.Spell(Convert.FromHexString("00FF" + new string('A', 60)));
        Assert.Equal("tally_00ff" + new string('a', 60), secret);
        Assert.InRange(secret.Length, ApiKeySecret.LengthMin, ApiKeySecret.LengthMax);
    }

    [Fact]
    public void Hash_Secret_IsItsSha256() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKeySecret.Hash("abc"));
}
