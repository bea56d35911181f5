using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;

namespace Tally.Emulator.Deployments;

/// <summary>
/// The keys with which registrations are signed: what a seller gets from AWS to check them. The product is in the
/// query, as its code may hold slashes.
/// </summary>
internal sealed class KeyEndpoints(SellerCatalogue catalogue, ProductKeys keys) : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/keys", ListAsync);
        _ = admin.MapPost("/keys", RotateAsync);
        _ = admin.MapGet("/keys/{version}", ShowAsync);
    }

    private async Task<IResult> ListAsync(string? product, string? account)
    {
        if (Find(product, account) is not { } found) return NotFound(product);
        return TypedResults.Json(
            [.. (await keys.ListAsync(found)).Select(KeyReply.Of)], AdminJson.Default.IReadOnlyListKeyReply);
    }

    private async Task<IResult> RotateAsync(HttpContext http, string? product, string? account)
    {
        if (Find(product, account) is not { } found) return NotFound(product);
        DateTimeOffset? rotatesAt = null;
        if (http.Request.ContentLength is not (null or 0))
        {
            var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.KeyRotationRequest);
            if (problem is not null) return problem;
            rotatesAt = request!.RotatesAt;
        }

        return await keys.RotateAsync(found, rotatesAt) is { } next
            ? TypedResults.Json(
                KeyReply.Of(next), AdminJson.Default.KeyReply, statusCode: StatusCodes.Status201Created)
            : AdminBody.Mistaken([$"A product has at most {ProductKeys.VersionsMax} versions of its key."]);
    }

    private async Task<IResult> ShowAsync(int version, string? product, string? account)
    {
        if (Find(product, account) is not { } found) return NotFound(product);
        return await keys.FindAsync(found, version) is { } key
            ? TypedResults.Text(key.ToPem(), "application/x-pem-file")
            : TypedResults.Problem(
                $"The product '{product}' has no key of version {version}.",
                statusCode: StatusCodes.Status404NotFound,
                title: "Not found.");
    }

    private Product? Find(string? product, string? account) =>
        catalogue.FindProduct(account ?? EmulatorOptions.DefaultAccountId, product ?? string.Empty);

    private static IResult NotFound(string? product) => TypedResults.Problem(
        $"product '{product}' is not a declared product of this account.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not found.");
}
