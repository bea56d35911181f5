using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>
/// Signatures of the test suite that AWS publishes for Signature Version 4 ("aws-signing-test-suite", v4): requests and
/// signatures are AWS's own.
/// </summary>
public sealed class PublishedVectorTests
{
    private const string Host = "example.amazonaws.com";
    private const string Letters = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    private static readonly AccessKey Key = new() { AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = Signer.Secret };

    [Theory]
    [InlineData("/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("/example/..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("/example space/", "", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")]
    [InlineData("/", "Param1=value1", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb")]
    [InlineData("/", "ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData(
        "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData(
        "/",
        "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
        "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac")]
    [InlineData("/", $"{Letters}={Letters}", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    public void Check_GetOfTheSuite_IsRight(string path, string query, string signature) =>
        AssertRight(new SignedRequest("GET", path, query, default) { Header = Headers() }, signature);

    [Theory]
    [InlineData(
        "my-header1", "value2|value2|value1", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea")]
    [InlineData(
        "my-header1",
        "value4|value1|value3|value2",
        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01")]
    [InlineData(
        "my-header1",
        "value1  value2     value3",
        "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd")]
    [InlineData(
        "my-header1;my-header2",
        """ value1;"a   b   c" """,
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")]
    public void Check_HeadersOfTheSuite_AreFoldedAndJoined(string names, string values, string signature)
    {
        var more = names.Split(';').Zip(values.Split(';'), (name, value) => (name, value.Split('|')));
        AssertRight(new SignedRequest("GET", "/", string.Empty, default) { Header = Headers([.. more]) }, signature);
    }

    [Fact]
    public void Check_SessionTokenOfTheSuite_IsSigned()
    {
        var request = new SignedRequest("GET", "/", string.Empty, default)
        {
            Header = Headers(("x-amz-security-token", [Token])),
        };
        AssertRight(request, "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8", Token);
    }

    [Fact]
    public void Check_PostOfTheSuite_HashesTheBody()
    {
        const string hash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
        var request = new SignedRequest("POST", "/", string.Empty, Encoding.UTF8.GetBytes("Param1=value1"))
        {
            Header = Headers(
                ("content-length", ["13"]),
                ("content-type", ["application/x-www-form-urlencoded"]),
                ("x-amz-content-sha256", [hash])),
        };
        AssertRight(request, "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b");
    }

    private static void AssertRight(SignedRequest request, string signature, string? token = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        var check = new SignatureCheck([Key with { SessionToken = token }], time, "service");
        var names = string.Join(
            ';',
            ((string[])
            [
                "content-length", "content-type", "host", "my-header1", "my-header2", "x-amz-content-sha256",
                "x-amz-date", "x-amz-security-token",
            ]).Where(name => request.Header(name).Count > 0));
        var inner = request.Header;
        var authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            + $"SignedHeaders={names}, Signature={signature}";
        var (error, caller) = check.Check(request with
        {
            Header = name => name is "Authorization" ? [authorization] : inner(name),
        });
        Assert.Null(error?.Message);
        Assert.Equal(new Caller("000000000000", "us-east-1", "AKIDEXAMPLE"), caller);
    }

    private static Func<string, IReadOnlyList<string>> Headers(params (string Name, string[] Values)[] more)
    {
        var all = more.ToDictionary(header => header.Name, header => header.Values, StringComparer.OrdinalIgnoreCase);
        all["host"] = [Host];
        all["x-amz-date"] = ["20150830T123600Z"];
        return name => all.GetValueOrDefault(name, []);
    }
}
