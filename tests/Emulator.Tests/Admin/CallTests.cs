using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Admin;

public sealed class CallTests
{
    [Fact]
    public async Task Calls_AfterACall_HaveBothBodies()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        var call = Assert.Single(fixture.Emulator.Calls);
        Assert.Equal(reply.Body, call.Answer);
        Assert.Contains("\"CustomerIdentifier\":\"cust-1\"", call.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_OfLargeBodies_KeepTheBeginning()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(new string(' ', 100_000));
        Assert.Equal(4096, Assert.Single(fixture.Emulator.Calls).Request?.Length);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?operation=ResolveCustomer", 1)]
    [InlineData("?operation=RegisterNothing", 0)]
    [InlineData("?account=000000000000&error=any", 2)]
    [InlineData("?account=000000000001", 0)]
    [InlineData("?error=none", 1)]
    [InlineData("?error=InvalidTokenException", 1)]
    public async Task GetCalls_Filtered_HasThoseAlone(string query, int expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        _ = await fixture.Caller.MeterAsync("nobody", fixture.Record(1));
        _ = await fixture.Caller.ResolveAsync("nothing");
        var reply = await fixture.Caller.SendAsync(HttpMethod.Get, $"/_emulator/calls{query}");
        Assert.Equal(expected, reply.Json.GetArrayLength());
    }
}
