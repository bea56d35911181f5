using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Sending;

/// <summary>What the platform doesn't take comes back, and holds up nothing else.</summary>
public sealed class RejectionTests(ApiStage stage)
{
    [Fact]
    public async Task Send_SomeEventsAreBad_ComeBackAndTheOthersCount()
    {
        await using var tally = await ClientStage.Open(stage);
        tally.Client.Track(ClientStage.Event("good"));
        tally.Client.Track(ClientStage.Event("no dimension") with { Dimension = "cals" });
        tally.Client.Track(ClientStage.Event("negative", quantity: -1));
        tally.Client.Track(ClientStage.Event("fine", quantity: 0.0000001m));
        tally.Client.Track(ClientStage.Event("good", quantity: 2));
        await tally.Client.FlushAsync();

        Assert.Equal((1, 1), await tally.Counted());
        Assert.Equal(
            [
                ("no dimension", "unknown_dimension"), ("negative", "negative_quantity"),
                ("fine", "quantity_too_precise"), ("good", "conflicting_event"),
            ],
            tally.Rejected.Select(rejected => (rejected.Usage.Id, rejected.Code)));
        Assert.Equal(new(1, 0, 4, 0, 0, 0), tally.Client.Counts);
        Assert.Contains("unknown_dimension", Assert.Single(tally.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_KeyIsWrong_AllComeBackAndNothingIsRetried()
    {
        await using var door = await FaultyDoor.Open(stage.Api);
        await using var tally = await ClientStage.Open(stage, door, options => options.ApiKey = "wrong");
        tally.Client.Track(ClientStage.Event("a"));
        tally.Client.Track(ClientStage.Event("b"));
        await tally.Client.FlushAsync();

        Assert.Equal(
            [("a", "unauthenticated"), ("b", "unauthenticated")],
            tally.Rejected.Select(rejected => (rejected.Usage.Id, rejected.Code)));
        Assert.Equal((1, 2), (door.Requests, tally.Client.Counts.Rejected));
        Assert.Equal([5003], tally.Log.Ids);
    }

    [Fact]
    public async Task Send_AddressIsOfSomebodyElse_AllComeBack()
    {
        await using var tally = await ClientStage.Open(
            stage, configure: options => options.Address = new(stage.Api.Address, "/elsewhere/"));
        tally.Client.Track(ClientStage.Event());
        await tally.Client.FlushAsync();

        Assert.Equal("unknown_route", Assert.Single(tally.Rejected).Code);
    }

    [Fact]
    public async Task Send_MoreThanTheApiTakes_IsDividedUntilItDoes()
    {
        await using var api = await stage.Open(options =>
            (options.EventsPerRequestMax, options.BodySizeMax) = (3, 2048));
        await using var door = await FaultyDoor.Open(api);
        await using var tally = ClientStage.At(
            await stage.NewSeller(api), door, options => options.Compress = false);
        for (var index = 0; index < 10; index++)
        {
            tally.Client.Track(ClientStage.Event($"{index}"));
        }

        var huge = new string('x', 3000);
        tally.Client.Track(ClientStage.Event("huge") with { Tags = new Dictionary<string, string> { ["t"] = huge } });
        await tally.Client.FlushAsync();

        Assert.Equal((10, 10), await tally.Counted());
        var rejected = Assert.Single(tally.Rejected);
        Assert.Equal(("huge", "body_too_large"), (rejected.Usage.Id, rejected.Code));
    }

    [Fact]
    public async Task Send_BuyerOfOneProductIsNotEntitled_OtherProductsCount()
    {
        await using var tally = await ClientStage.Open(stage);
        await tally.Seller.PutProduct("q");
        tally.Client.Track(ClientStage.Event("1"));
        tally.Client.Track(ClientStage.Event("2", customer: "refused") with { Product = "q" });
        tally.Client.Track(ClientStage.Event("3"));
        await tally.Client.FlushAsync();

        Assert.Equal((2, 2), await tally.Counted());
        var rejected = Assert.Single(tally.Rejected);
        Assert.Equal(("2", "not_entitled"), (rejected.Usage.Id, rejected.Code));
    }

    [Fact]
    public async Task Send_EntitlementOfOneProductIsUnknown_OtherProductsCount()
    {
        await using var tally = await ClientStage.Open(
            stage, configure: options => options.DisposeTimeout = TimeSpan.Zero);
        await tally.Seller.PutProduct("q");
        tally.Client.Track(ClientStage.Event("1", customer: "unasked") with { Product = "q" });
        tally.Client.Track(ClientStage.Event("2"));
        _ = tally.Client.FlushAsync();
        await tally.Until(() => tally.Log.Lines.Count >= 3);
        await tally.Client.DisposeAsync();

        Assert.Equal("1", Assert.Single(tally.Rejected).Usage.Id);
        Assert.Contains("entitlement_unknown", tally.Log.Lines.First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_HandlerThrows_IsLoggedAndTheOthersAreTold()
    {
        await using var tally = await ClientStage.Open(stage);
        tally.Client.Rejected += (_, rejected) => throw new InvalidOperationException(rejected.Code);
        tally.Client.Track(ClientStage.Event(quantity: -1));
        tally.Client.Track(ClientStage.Event(quantity: -2));
        await tally.Client.FlushAsync();
        tally.Client.Track(ClientStage.Event());
        await tally.Client.FlushAsync();

        Assert.Equal(2, tally.Rejected.Count);
        Assert.Equal([5002, 5006, 5006], tally.Log.Ids);
        Assert.Equal((1, 1), await tally.Counted());
    }
}
