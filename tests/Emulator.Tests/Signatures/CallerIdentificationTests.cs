using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

public sealed class CallerIdentificationTests
{
    [Theory]
    [InlineData("AKIDEXAMPLE", "111122223333")]
    [InlineData("999988887777", "999988887777")]
    [InlineData("AKIDOTHER", "000000000000")]
    [InlineData("12345", "000000000000")]
    public void Identify_NotRequired_BelievesTheCredential(string accessKeyId, string accountId)
    {
        var request = new Signer { AccessKeyId = accessKeyId, Time = DateTimeOffset.UnixEpoch }.Sign().Request;
        var (error, caller) = Identification(isRequired: false).Identify(request);
        Assert.Null(error);
        Assert.Equal(new Caller(accountId, "eu-west-1", accessKeyId), caller);
    }

    [Fact]
    public void Identify_NotRequiredAndNoCredential_IsTheDefaultAccount()
    {
        var request = new Signer().RequestOf(new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.Equal(
            new Caller("000000000000", "us-east-1", null), Identification(isRequired: false).Identify(request).Caller);
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=999988887777/20261123/ap-south-1/s3/aws4_request", "ap-south-1")]
    [InlineData("AWS4-HMAC-SHA256 Signature=x,Credential=999988887777/20261123//s3/aws4_request, z", "us-east-1")]
    public void Identify_NotRequired_BelievesACredentialWithoutASignature(string authorization, string region)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = authorization };
        Assert.Equal(
            new Caller("999988887777", region, "999988887777"),
            Identification(isRequired: false).Identify(new Signer().RequestOf(headers)).Caller);
    }

    [Fact]
    public void Identify_Required_Verifies()
    {
        var unsigned = new Signer().RequestOf(new Dictionary<string, string>(StringComparer.Ordinal));
        var signed = new Signer().Sign().Request;
        Assert.Equal(
            "MissingAuthenticationTokenException", Identification(isRequired: true).Identify(unsigned).Error?.Code);
        Assert.Equal("111122223333", Identification(isRequired: true).Identify(signed).Caller?.AccountId);
    }

    private static CallerIdentification Identification(bool isRequired) => new(
        new EmulatorOptions { RequireSignature = isRequired, AccessKeys = [Signer.Key] },
        new FakeTimeProvider(Signer.Now));
}
