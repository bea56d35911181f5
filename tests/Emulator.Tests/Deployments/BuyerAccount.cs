using System.Text.Json.Nodes;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>Software in a buyer's account, and the product of another account that it is.</summary>
internal sealed class BuyerAccount(EmulatorFixture fixture) : IAsyncDisposable
{
    public const string Product = "container-1";
    public const string Seller = "999988887777";

    public EmulatorFixture Fixture => fixture;

    /// <summary>A product of two dimensions, to which the caller is subscribed.</summary>
    public static async Task<BuyerAccount> StartAsync(EmulatorOptions? options = null, string more = "")
    {
        var buyer = new BuyerAccount(await EmulatorFixture.StartAsync(options));
        await buyer.DeclareAsync(more);
        return buyer;
    }

    public async Task DeclareAsync(string more = "", string product = Product, string state = "subscribed")
    {
        var reply = await fixture.Caller.SendAsync(
            HttpMethod.Put,
            $"/_emulator/products/{product}?account={Seller}",
            $$"""
            {"dimensions":["cpu","ram"],"customers":{"{{EmulatorOptions.DefaultAccountId}}":"{{state}}"}{{more}}}
            """);
        Assert.True(reply.Status == 204, reply.Body);
    }

    /// <summary>A request that is right, but for the members that are given; null takes one away.</summary>
    public Task<Reply> MeterAsync(string change = "{}", string resource = "i-1") =>
        fixture.Caller.CallAsync("MeterUsage", Request(change), ("X-Emulator-Resource", resource));

    public JsonObject Request(string change)
    {
        var request = new JsonObject
        {
            ["ProductCode"] = Product,
            ["Timestamp"] = fixture.Now,
            ["UsageDimension"] = "cpu",
            ["UsageQuantity"] = 3,
        };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is null) _ = request.Remove(name);
            else request[name] = value.DeepClone();
        }

        return request;
    }

    public Task<Reply> RegisterAsync(string body, params (string Name, string Value)[] headers) =>
        fixture.Caller.CallAsync("RegisterUsage", JsonNode.Parse(body)!, headers);

    public ValueTask DisposeAsync() => fixture.DisposeAsync();
}
