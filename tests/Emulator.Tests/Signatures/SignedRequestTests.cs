using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

public sealed class SignedRequestTests
{
    [Fact]
    public void Of_HttpRequest_TakesTheTargetAsItWasSent()
    {
        var http = Context("/a%20b?x=%2F&?y");
        var request = SignedRequest.Of(http.Request, default);
        Assert.Equal(("POST", "/a%20b", "x=%2F&?y"), (request.Method, request.Path, request.Query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://example.org/a%20b?x=1")]
    public void Of_HttpRequestWithoutATargetOfItsOwn_EncodesItAgain(string target)
    {
        var http = Context(target);
        http.Request.Path = "/a b";
        http.Request.QueryString = new QueryString("?x=1");
        var request = SignedRequest.Of(http.Request, default);
        Assert.Equal(("/a%20b", "x=1"), (request.Path, request.Query));
    }

    [Fact]
    public void Of_HttpRequest_HasAllValuesOfAHeaderInTheirOrder()
    {
        var http = Context("/");
        http.Request.Headers["My-Header"] = new(["b", "a"]);
        http.Request.Headers.Host = "localhost:4600";
        var request = SignedRequest.Of(http.Request, default);
        Assert.Equal(["b", "a"], request.Header("my-header"));
        Assert.Equal("b,a", request.Text("MY-HEADER"));
        Assert.Equal(["localhost:4600"], request.Header("host"));
        Assert.Null(request.Text("other"));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("//example//", "/example/")]
    [InlineData("/./example", "/example")]
    [InlineData("/../..", "/")]
    [InlineData("/a%20b/", "/a%2520b/")]
    public void Canonical_Path_IsNormalisedAndEncodedOnceMore(string path, string canonical)
    {
        var request = new SignedRequest("GET", path, string.Empty, default) { Header = _ => [] };
        Assert.Equal(canonical, request.Canonical([], "hash").Split('\n')[1]);
    }

    [Theory]
    [InlineData("a-b=2&a=1", "a=1&a-b=2")]
    [InlineData("a=2&a=1&a", "a=&a=1&a=2")]
    [InlineData("b=/&a=%2f&c=x=y", "a=%2F&b=%2F&c=x%3Dy")]
    public void Canonical_Query_IsSortedByNameThenValue(string query, string canonical)
    {
        var request = new SignedRequest("GET", "/", query, default) { Header = _ => [] };
        Assert.Equal(canonical, request.Canonical([], "hash").Split('\n')[2]);
    }

    private static DefaultHttpContext Context(string target)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return http;
    }
}
