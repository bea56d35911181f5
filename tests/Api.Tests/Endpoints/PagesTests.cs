using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class PagesTests(ApiStage stage)
{
    [Fact]
    public async Task Document_Asked_DescribesEveryOperation()
    {
        var answer = await stage.Api.Send(HttpMethod.Get, "/openapi/v1.json", key: null);
        Assert.Equal(200, answer.Status);
    }
}
