namespace Tally.Emulator.Tests.Signatures;

public sealed class AccessKeyTests
{
    [Fact]
    public void Mistakes_OfARightKey_AreNone() =>
        Assert.Empty((Signer.Key with { SessionToken = "t" }).Mistakes().Concat(Signer.Key.Mistakes()));

    [Theory]
    [InlineData("", "hidden", "111122223333", null, "The access key id ''")]
    [InlineData("a/b", "hidden", "111122223333", null, "The access key id 'a/b'")]
    [InlineData("a", "", "111122223333", null, "must have a secret")]
    [InlineData("a", "hidden", "11112222333", null, "must be 12 digits")]
    [InlineData("a", "hidden", "1111222233334", null, "must be 12 digits")]
    [InlineData("a", "hidden", "11112222333x", null, "must be 12 digits")]
    [InlineData("a", "hidden", "111122223333", "", "session token")]
    public void Mistakes_OfAWrongKey_NameItAndNotItsSecret(
        string id, string secret, string account, string? token, string mistake)
    {
        var key = new AccessKey
        {
            AccessKeyId = id,
            SecretAccessKey = secret,
            AccountId = account,
            SessionToken = token,
        };
        var told = Assert.Single(key.Mistakes());
        Assert.Contains(mistake, told, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", told, StringComparison.Ordinal);
    }
}
