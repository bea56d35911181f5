using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>What is wrong with a signature before it is even computed, in AWS's words and order.</summary>
public sealed class AuthorizationErrorTests
{
    private const string Missing = "MissingAuthenticationTokenException";
    private const string Incomplete = "IncompleteSignatureException";
    private const string Invalid = "InvalidSignatureException";
    private const string Signed = "SignedHeaders=host;x-amz-date, Signature=c";
    private const string Scope = "20261123/eu-west-1/aws-marketplace/aws4_request";

    private static readonly SignatureCheck Check = new([Signer.Key], new FakeTimeProvider(Signer.Now));

    [Theory]
    [InlineData(null, Missing, "Missing Authentication Token")]
    [InlineData("", Missing, "Missing Authentication Token")]
    [InlineData("Bearer x", Missing, "Missing Authentication Token")]
    [InlineData(
        "AWS4-ECDSA-P256-SHA256 Credential=a",
        Incomplete,
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ")]
    [InlineData(
        "AWS4-HMAC-SHA256 Signature=b, Credential",
        Incomplete,
        "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: "
        + "'AWS4-HMAC-SHA256 Signature=b, Credential'.")]
    [InlineData(
        "AWS4-HMAC-SHA256",
        Incomplete,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256")]
    [InlineData(
        "AWS4-HMAC-SHA256 SignedHeaders=host",
        Incomplete,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization=AWS4-HMAC-SHA256 SignedHeaders=host")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=, Signature=c",
        Invalid,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/b/c/d, " + Signed,
        Incomplete,
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/20261122//s3/aws5_request, " + Signed,
        Invalid,
        "Credential should be scoped to a valid region, not ''. "
        + "Credential should be scoped to correct service: 'aws-marketplace'. "
        + "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. "
        + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + "'20261122' != '20261123', from '20261123T103000Z'.")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=a/" + Scope + ", " + Signed,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.")]
    public void Check_Header_IsRefusedInAwsWords(string? text, string code, string message)
    {
        var (_, headers) = new Signer().Sign();
        _ = headers.Remove("authorization");
        if (text is not null) headers["authorization"] = text;
        var (error, caller) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal((code, message, 400), (error?.Code, error?.Message, error?.HttpStatus));
        Assert.Null(caller);
    }

    [Fact]
    public void Check_WithoutADate_IsToldTogetherWithWhatElseIsMissing()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["authorization"] = "AWS4-HMAC-SHA256 Credential=a, Signature=b",
        };
        var (error, _) = Check.Check(new Signer().RequestOf(headers));
        Assert.Equal(Incomplete, error?.Code);
        Assert.Equal(
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of "
            + "either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential=a, Signature=b",
            error?.Message);
    }

    [Theory]
    [InlineData("2026-11-23T10:30:00Z")]
    [InlineData("20261123T103000")]
    [InlineData("")]
    public void Check_DateInAnotherForm_IsIncomplete(string text)
    {
        var (error, _) = Check.Check(new Signer { DateText = text }.Sign().Request);
        Assert.Equal(Incomplete, error?.Code);
        Assert.Equal(
            $"Date must be in ISO-8601 'basic format'. Got '{text}'. See http://en.wikipedia.org/wiki/ISO_8601",
            error?.Message);
    }

    /// <summary>Both are wrong here; AWS looks at the time first.</summary>
    [Fact]
    public void Check_OldAndOfAnotherService_IsExpired()
    {
        var signer = new Signer { Time = Signer.Now.AddHours(-1), Service = "s3" };
        Assert.StartsWith(
            "Signature expired: 20261123T093000Z",
            Check.Check(signer.Sign().Request).Error?.Message,
            StringComparison.Ordinal);
    }
}
