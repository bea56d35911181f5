using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Admin;

/// <summary>Declares products, and gives out registration tokens for their customers.</summary>
internal sealed class ProductEndpoints(SellerCatalogue catalogue, TokenIssue tokens) : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapPut("/products/{**code}", DeclareProductAsync);
        _ = admin.MapPost("/tokens", (Delegate)IssueTokenAsync);
    }

    private async Task<IResult> DeclareProductAsync(HttpContext http, string code, string? account)
    {
        var (problem, declaration) = await AdminBody.ReadAsync(http, AdminJson.Default.ProductDeclaration);
        if (problem is not null) return problem;
        account ??= EmulatorOptions.DefaultAccountId;
        var mistakes = declaration!.Mistakes(code).ToList();
        if (!Constraints.IsAccountId(account)) mistakes.Add($"The account '{account}' must be 1 to 255 digits.");
        if (mistakes.Count > 0) return AdminBody.Mistaken(mistakes);
        await catalogue.DeclareAsync(account, code, declaration);
        return TypedResults.NoContent();
    }

    private async Task<IResult> IssueTokenAsync(HttpContext http)
    {
        var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.TokenRequest);
        if (problem is not null) return problem;
        var (mistake, reply) = await tokens.IssueAsync(request!);
        return mistake is not null
            ? AdminBody.Mistaken([mistake])
            : TypedResults.Json(reply!, AdminJson.Default.TokenReply, statusCode: StatusCodes.Status201Created);
    }
}
