using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class PostEventsTests(ApiStage stage)
{
    [Fact]
    public async Task Post_GoodEvents_AreCountedOnce()
    {
        var seller = await stage.NewSeller();
        var first = await seller.PostEvents(Seller.Event("a"), Seller.Event("b", "d"));
        var second = await seller.PostEvents(Seller.Event("a"), Seller.Event("b", "d"), Seller.Event("c"));

        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", first.Text);
        Assert.Equal("""{"accepted":1,"duplicates":2,"rejected":[]}""", second.Text);
    }
}
