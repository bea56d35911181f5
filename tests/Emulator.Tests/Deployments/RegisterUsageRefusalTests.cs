namespace Tally.Emulator.Tests.Deployments;

/// <summary>Every error and constraint of <c>RegisterUsage</c>, as failure and just short of it.</summary>
public sealed class RegisterUsageRefusalTests
{
    private const string Request = """{"ProductCode":"container-1","PublicKeyVersion":1}""";

    [Theory]
    [InlineData("ValidationException", """{"PublicKeyVersion":1}""")]
    [InlineData("ValidationException", """{"ProductCode":"container-1"}""")]
    [InlineData("ValidationException", """{"ProductCode":"a b","PublicKeyVersion":1}""")]
    [InlineData("ValidationException", """{"ProductCode":"container-1","PublicKeyVersion":0}""")]
    [InlineData("SerializationException", """{"ProductCode":"container-1","PublicKeyVersion":"1"}""")]
    [InlineData("SerializationException", """{"ProductCode":"container-1","PublicKeyVersion":1,"Nonce":1}""")]
    [InlineData("InvalidProductCodeException", """{"ProductCode":"other","PublicKeyVersion":1}""")]
    [InlineData("InvalidPublicKeyVersionException", """{"ProductCode":"container-1","PublicKeyVersion":2}""")]
    public async Task Register_Wrong_IsRefused(string code, string body)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.RegisterAsync(body);
        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Register_NonceTooLong_IsRefusedAndTheLongestIsNot()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var longest = await buyer.RegisterAsync(WithNonce(255));
        var tooLong = await buyer.RegisterAsync(WithNonce(256));
        Assert.Equal((200, "ValidationException"), (longest.Status, tooLong.ErrorCode));

        static string WithNonce(int length) => $$"""{{Request[..^1]}},"Nonce":"{{new string('n', length)}}"}""";
    }

    [Theory]
    [InlineData("", "ecs", null)]
    [InlineData("", "EKS", null)]
    [InlineData("", "fargate", null)]
    [InlineData("", "laptop", "PlatformNotSupportedException")]
    [InlineData(""","platforms":["ecs","fargate"]""", "ecs", null)]
    [InlineData(""","platforms":["ecs","fargate"]""", "", null)]
    [InlineData(""","platforms":["ecs","fargate"]""", "eks", "PlatformNotSupportedException")]
    [InlineData(""","platforms":[]""", "ecs", "DisabledApiException")]
    [InlineData(""","platforms":[]""", "", "DisabledApiException")]
    [InlineData(""","regions":["us-east-1"]""", "", null)]
    [InlineData(""","regions":["eu-west-1"]""", "", "InvalidRegionException")]
    public async Task Register_PlatformAndRegion_AreThoseOfTheProduct(string more, string platform, string? code)
    {
        await using var buyer = await BuyerAccount.StartAsync(more: more);
        var reply = await buyer.RegisterAsync(Request, ("X-Emulator-Platform", platform));
        if (code is null) Assert.Equal(200, reply.Status);
        else Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Register_NotSubscribed_IsRefusedAndLeavesNothing()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        await buyer.DeclareAsync(state: "unsubscribed");
        Assert.Equal("CustomerNotEntitledException", (await buyer.RegisterAsync(Request)).ErrorCode);
        Assert.Equal("CustomerNotEntitledException", (await buyer.RegisterAsync(Request)).ErrorCode);
    }

    [Fact]
    public async Task Register_ProductOfTheCaller_NeedsNoSubscription()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.RegisterAsync("""{"ProductCode":"prod-1","PublicKeyVersion":1}""");
        Assert.Equal(200, reply.Status);
    }
}
