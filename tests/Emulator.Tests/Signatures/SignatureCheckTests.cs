using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

public sealed class SignatureCheckTests
{
    private const string Authorization = "authorization";

    private static readonly SignatureCheck Check = new([Signer.Key], new FakeTimeProvider(Signer.Now));

    [Fact]
    public void Check_RightSignature_SaysWhoAndWhere()
    {
        var (error, caller) = Check.Check(new Signer().Sign().Request);
        Assert.Null(error);
        Assert.Equal(new Caller("111122223333", "eu-west-1", "AKIDEXAMPLE"), caller);
    }

    /// <summary>The example of AWS's documentation, "Signature Version 4 signing process" (2012 secret, IAM).</summary>
    [Fact]
    public void SigningKey_OfTheDocumentedExample_IsTheDocumentedOne()
    {
        var key = new SigningKeys().Of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20120215", "us-east-1", "iam");
        Assert.Equal(
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d", Convert.ToHexStringLower(key));
    }

    [Theory]
    [InlineData(-900, null)]
    [InlineData(
        -901,
        "Signature expired: 20261123T101459Z is now earlier than 20261123T101500Z (20261123T103000Z - 15 min.)")]
    [InlineData(900, null)]
    [InlineData(
        901,
        "Signature not yet current: 20261123T104501Z is still later than 20261123T104500Z "
        + "(20261123T103000Z + 15 min.)")]
    public void Check_OtherTime_IsAcceptedWithinAQuarterOfAnHour(int seconds, string? message)
    {
        var (error, _) = Check.Check(new Signer { Time = Signer.Now.AddSeconds(seconds) }.Sign().Request);
        Assert.Equal(message is null ? null : "InvalidSignatureException", error?.Code);
        Assert.Equal(message, error?.Message);
    }

    [Theory]
    [InlineData("AKIDOTHER", null)]
    [InlineData("AKIDEXAMPLE", "a-token")]
    public void Check_UnknownKeyOrToken_IsNotRecognised(string accessKeyId, string? token)
    {
        var (error, _) = Check.Check(new Signer { AccessKeyId = accessKeyId, Token = token }.Sign().Request);
        Assert.Equal("UnrecognizedClientException", error?.Code);
        Assert.Equal("The security token included in the request is invalid.", error?.Message);
    }

    [Fact]
    public void Check_KeyWithAToken_WantsThatToken()
    {
        var check = new SignatureCheck([Signer.Key with { SessionToken = "t" }], new FakeTimeProvider(Signer.Now));
        Assert.Null(check.Check(new Signer { Token = "t" }.Sign().Request).Error);
        Assert.Equal("UnrecognizedClientException", check.Check(new Signer().Sign().Request).Error?.Code);
        Assert.Equal("UnrecognizedClientException", check.Check(new Signer { Token = "u" }.Sign().Request).Error?.Code);
    }

    [Fact]
    public void Check_OtherService_IsOutOfScope()
    {
        var (error, _) = Check.Check(new Signer { Service = "execute-api" }.Sign().Request);
        Assert.Equal("InvalidSignatureException", error?.Code);
        Assert.Equal("Credential should be scoped to correct service: 'aws-marketplace'. ", error?.Message);
    }

    [Fact]
    public void Check_WrongSignature_ShowsWhatShouldHaveBeenSigned()
    {
        var (_, headers) = new Signer().Sign();
        headers[Authorization] = headers[Authorization][..^1] + (headers[Authorization][^1] == '0' ? '1' : '0');
        var (error, _) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal("InvalidSignatureException", error?.Code);
        Assert.Contains(
            "The Canonical String for this request should have been\n'POST\n/\n",
            error?.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Check_HashThatIsNotTheBodys_IsRefused(string hash)
    {
        var (_, headers) = new Signer().Sign();
        headers["x-amz-content-sha256"] = hash;
        var (error, _) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal("InvalidSignatureException", error?.Code);
        Assert.StartsWith("The provided 'x-amz-content-sha256' header", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_DateHeaderOfHttpInsteadOfAmazons_IsTheTime()
    {
        var signer = new Signer { DateHeader = "Date", DateText = "Mon, 23 Nov 2026 10:30:00 GMT" };
        Assert.Null(Check.Check(signer.Sign().Request).Error?.Message);
    }

    [Fact]
    public void SigningKeys_OfManyRegions_AreForgottenAtTheBound()
    {
        var keys = new SigningKeys();
        var first = keys.Of("s", "20261123", "region-0", "iam");
        for (var region = 1; region <= SigningKeys.RememberedMax; region++)
            _ = keys.Of("s", "20261123", $"region-{region}", "iam");
        Assert.InRange(keys.Count, 1, SigningKeys.RememberedMax);
        Assert.Equal(first, keys.Of("s", "20261123", "region-0", "iam"));
    }
}
