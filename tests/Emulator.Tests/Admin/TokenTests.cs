using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Admin;

public sealed class TokenTests
{
    [Fact]
    public async Task Resolve_IssuedToken_AnswersTheSameUntilItExpires()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var issued = await fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/tokens", """{"productCode":"prod-1","customerIdentifier":"cust-1"}""");
        var token = issued.Json.GetProperty("token").GetString()!;
        fixture.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromTicks(1));
        var first = await fixture.Caller.ResolveAsync(token);
        var again = await fixture.Caller.ResolveAsync(token);
        fixture.Clock.Advance(TimeSpan.FromTicks(1));
        var late = await fixture.Caller.ResolveAsync(token);

        Assert.Equal(201, issued.Status);
        Assert.Equal("""{"CustomerIdentifier":"cust-1","ProductCode":"prod-1"}""", first.Body);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((400, "ExpiredTokenException"), (late.Status, late.ErrorCode));
    }

    [Fact]
    public async Task Issue_ADayAfterOthersExpired_ForgetsThoseAlone()
    {
        const string wanted = """{"productCode":"prod-1","customerIdentifier":"cust-1"}""";
        await using var fixture = await EmulatorFixture.StartAsync();
        var old = await IssueAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(28) - TimeSpan.FromMinutes(1));
        var later = await IssueAsync();
        Assert.Equal("ExpiredTokenException", (await fixture.Caller.ResolveAsync(old)).ErrorCode);
        fixture.Clock.Advance(TimeSpan.FromHours(5));
        _ = await IssueAsync();
        Assert.Equal("InvalidTokenException", (await fixture.Caller.ResolveAsync(old)).ErrorCode);
        Assert.Equal("ExpiredTokenException", (await fixture.Caller.ResolveAsync(later)).ErrorCode);

        async Task<string> IssueAsync()
        {
            var issued = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/tokens", wanted);
            return issued.Json.GetProperty("token").GetString()!;
        }
    }

    [Theory]
    [InlineData("InvalidTokenException", """{"RegistrationToken":"made-up"}""")]
    [InlineData("ValidationException", """{"RegistrationToken":""}""")]
    [InlineData("ValidationException", "{}")]
    [InlineData("SerializationException", """{"RegistrationToken":1}""")]
    public async Task Resolve_AnythingElse_IsRefused(string code, string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.CallAsync("AWSMPMeteringService.ResolveCustomer", body);
        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("""{"productCode":"prod-9","customerIdentifier":"cust-1"}""")]
    [InlineData("""{"productCode":"prod-1"}""")]
    [InlineData("""{"customerIdentifier":"cust-1"}""")]
    public async Task Issue_NotValid_IsAProblem(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/tokens", body);
        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.ContentType));
    }
}
