using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Error answers and the exceptions they become.</summary>
public sealed class ErrorTests
{
    public static TheoryData<string> EveryError() =>
    [
        .. typeof(ThrottlingException).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(AmazonAWSMarketplaceMeteringException)))
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(EveryError))]
    public async Task Call_ModelledError_RaisesItsType(string code)
    {
        var exception = await FailAsync(Answer.Error(code, message: "What happened."));

        Assert.Equal(code, exception.GetType().Name);
        Assert.Equal("What happened.", exception.Message);
        Assert.Equal(code, exception.ErrorCode);
        Assert.Equal(400, (int)exception.StatusCode);
        Assert.Equal(Answer.RequestId, exception.RequestId);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("DryRunOperation")]
    [InlineData("throttlingexception")]
    public async Task Call_UnknownCode_RaisesTheGeneralTypeWithTheCode(string code)
    {
        var exception = await FailAsync(Answer.Error(code));

        Assert.Equal(typeof(AmazonAWSMarketplaceMeteringException), exception.GetType());
        Assert.Equal(code, exception.ErrorCode);
        Assert.Equal("Said so.", exception.Message);
    }

    [Theory]
    [InlineData("com.amazonaws.marketplacemetering#DisabledApiException")]
    [InlineData("DisabledApiException:http://internal.amazon.com/coral/")]
    [InlineData("com.amazonaws#DisabledApiException:http://x#y/")]
    public async Task Call_DecoratedCode_IsStripped(string code) =>
        Assert.IsType<DisabledApiException>(await FailAsync(Answer.Error(code)));

    [Theory]
    [InlineData("""{"__type":"InvalidTagException","code":"x"}""", "DisabledApiException", "InvalidTagException")]
    [InlineData("""{"message":"m"}""", "InvalidTagException:http://x/", "InvalidTagException")]
    [InlineData("""{"code":"InvalidTagException"}""", "", "InvalidTagException")]
    [InlineData("""{"Code":"InvalidTagException"}""", "", "InvalidTagException")]
    [InlineData("", "InvalidTagException", "InvalidTagException")]
    public async Task Call_CodeInSeveralPlaces_TakesTypeThenHeaderThenCode(string body, string header, string code)
    {
        var answer = new Answer(400, body);
        if (header.Length > 0)
            answer.Headers["x-amzn-ErrorType"] = header;

        Assert.Equal(code, (await FailAsync(answer)).ErrorCode);
    }

    [Theory]
    [InlineData("""{"__type":"InvalidTokenException","Message":"Capital."}""", "Capital.")]
    [InlineData("""{"__type":"InvalidTokenException","message":null,"Message":"Capital."}""", "Capital.")]
    [InlineData(
        """{"__type":"InvalidTokenException"}""",
        """The service answered HTTP 400 without a message: {"__type":"InvalidTokenException"}""")]
    public async Task Call_MessageInOtherForms_IsFoundOrExplained(string body, string message)
    {
        var exception = await FailAsync(new Answer(400, body));

        _ = Assert.IsType<InvalidTokenException>(exception);
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData(502, "<html>No</html>", "The service answered HTTP 502 without a message: <html>No</html>")]
    [InlineData(400, "", "The service answered HTTP 400 without a message and without a body.")]
    [InlineData(429, "[1]", "The service answered HTTP 429 without a message: [1]")]
    [InlineData(400, "{\"__type\":", "The service answered HTTP 400 without a message: {\"__type\":")]
    public async Task Call_BodyThatIsNoError_RaisesTheGeneralTypeWithoutACode(int status, string body, string message)
    {
        var exception = await FailAsync(new Answer(status, body) { ContentType = "text/html" });

        Assert.Equal(typeof(AmazonAWSMarketplaceMeteringException), exception.GetType());
        Assert.Null(exception.ErrorCode);
        Assert.Equal(status, (int)exception.StatusCode);
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task Call_LongBodyThatIsNoError_IsQuotedInPart()
    {
        var exception = await FailAsync(new Answer(503, new string('x', 100_000)));

        Assert.InRange(exception.Message.Length, 512, 600);
    }

    private static async Task<AmazonAWSMarketplaceMeteringException> FailAsync(Answer answer)
    {
        await using var service = await StubService.StartAsync(answer);
        using var client = service.Client();
        return await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => client.ResolveCustomerAsync(new ResolveCustomerRequest()));
    }
}
