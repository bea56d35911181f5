using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Admin;

/// <summary>Declares products, and gives out registration tokens for their customers.</summary>
internal sealed class ProductEndpoints(
    SellerCatalogue catalogue,
    RegistrationTokens tokens,
    RuleBook book,
    TimeProvider time) : IAdminModule
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
        var account = request!.AccountId ?? EmulatorOptions.DefaultAccountId;
        if (string.IsNullOrEmpty(request.ProductCode) || catalogue.FindProduct(account, request.ProductCode) is null)
            return AdminBody.Mistaken([$"productCode '{request.ProductCode}' is not a declared product."]);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && !book.Rules.HasAccounts)
            return AdminBody.Mistaken([$"customerIdentifier must be given with the rules {book.Rules.Name}."]);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && string.IsNullOrEmpty(request.CustomerAWSAccountId))
            return AdminBody.Mistaken(["customerIdentifier or customerAWSAccountId must be given."]);
        var customer = new RegisteredCustomer
        {
            SellerAccountId = account,
            ProductCode = request.ProductCode,
            CustomerIdentifier = request.CustomerIdentifier,
            CustomerAWSAccountId = request.CustomerAWSAccountId,
            LicenseArn = request.LicenseArn,
            AgreementId = request.AgreementId,
            ExpiresAt = time.GetUtcNow() + TimeSpan.FromMinutes(book.OpenPoints.TokenLifetimeMinutes),
        };
        var token = await tokens.IssueAsync(customer);
        return TypedResults.Json(
            new TokenReply(token, customer.ExpiresAt), AdminJson.Default.TokenReply, statusCode: 201);
    }
}
