using CsCheck;
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

    [Theory]
    [InlineData(null, "MissingAuthenticationTokenException", "Missing Authentication Token")]
    [InlineData("", "IncompleteSignatureException", "Authorization header must start with 'AWS4-HMAC-SHA256'.")]
    [InlineData("Bearer x", "IncompleteSignatureException", "Authorization header must start with 'AWS4-HMAC-SHA256'.")]
    [InlineData(
        "AWS4-HMAC-SHA256 SignedHeaders=host",
        "IncompleteSignatureException",
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization=AWS4-HMAC-SHA256 SignedHeaders=host")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c",
        "IncompleteSignatureException",
        "Credential must have exactly 5 slash-delimited elements")]
    public void Check_HeaderThatIsNotRight_SaysWhatIsMissing(string? text, string code, string message)
    {
        var (_, headers) = new Signer().Sign();
        if (text is null) _ = headers.Remove(Authorization);
        else headers[Authorization] = text;
        var (error, _) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal(code, error?.Code);
        Assert.StartsWith(message, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_WithoutADate_IsIncomplete()
    {
        var (_, headers) = new Signer().Sign();
        _ = headers.Remove("x-amz-date");
        var (error, _) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal("IncompleteSignatureException", error?.Code);
        Assert.Contains("'X-Amz-Date' or a 'Date' header", error?.Message, StringComparison.Ordinal);
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

    [Fact]
    public void Check_AnythingSignedThatIsChanged_IsRefused()
    {
        var (_, headers) = new Signer().Sign();
        var parts = Gen.OneOf("method", "path", "query", "body", "content-type", "host", "x-amz-target");
        Gen.Select(parts, Gen.Int[0, 200])
            .Sample((what, place) =>
            {
                var changed = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
                var signer = what switch
                {
                    "method" => new Signer { Method = "PUT" },
                    "path" => new Signer { Path = $"/{place}" },
                    "query" => new Signer { Query = $"a={place}" },
                    "body" => new Signer { Body = Other(new Signer().Body, place) },
                    _ => new Signer(),
                };
                if (changed.TryGetValue(what, out var value)) changed[what] = Other(value, place);
                var (error, caller) = Check.Check(signer.RequestOf(changed));
                return caller is null && error?.Code is "InvalidSignatureException";
            });
    }

    [Fact]
    public void Check_AnyHeaderAtAll_IsAnsweredWithAnError()
    {
        var (_, headers) = new Signer().Sign();
        var pieces = Gen.OneOf(
            Gen.OneOf(
                "AWS4-HMAC-SHA256", " ", "Credential=", "Signature=", "SignedHeaders=", "host", "/", ",", "=", ";"),
            Gen.String);
        pieces.Array[0, 20].Select(string.Concat).Sample(text =>
        {
            var changed = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase)
            {
                [Authorization] = text,
            };
            return Check.Check(new Signer().RequestOf(changed)).Error is not null;
        });
    }

    /// <summary>The text with another character in one place.</summary>
    private static string Other(string text, int place)
    {
        var index = place % text.Length;
        return text[..index] + (text[index] == 'x' ? 'y' : 'x') + text[(index + 1)..];
    }
}
