using Tally.Emulator.Admin;

namespace Tally.Emulator.OpenApi;

/// <summary>The document, made when somebody asks for it.</summary>
internal sealed class ApiDocumentEndpoint : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes) => _ = routes.MapGet(
        "/_emulator/openapi.json",
        () => TypedResults.Text(ApiDocument.Of(ApiOperations.All).ToJsonString(), "application/json"));
}
