using Microsoft.AspNetCore.Http.Features;
using Tally.Emulator.Admin;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Subscriptions;

/// <summary>Buyers, agreements, and what sellers were told of them.</summary>
internal sealed class AgreementEndpoints(AgreementBook book, AgreementOrders orders, AgreementLog log) : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/buyers", () => Json([.. log.ListBuyers()]));
        _ = admin.MapPut("/buyers/{accountId}", SaveBuyerAsync);
        _ = admin.MapGet("/agreements", () => Json([.. log.ListAgreements()]));
        _ = admin.MapPost("/agreements", (Delegate)SubscribeAsync);
        _ = admin.MapGet("/agreements/{id}", Find);
        _ = admin.MapPost("/agreements/{id}/unsubscribe", (string id) => StepAsync(() => book.UnsubscribeAsync(id)));
        _ = admin.MapPost("/agreements/{id}/resubscribe", (string id) => StepAsync(() => book.ResubscribeAsync(id)));
        _ = admin.MapPost("/agreements/{id}/end", (string id) => StepAsync(() => book.EndAsync(id)));
        _ = admin.MapPost("/agreements/{id}/renew", RenewAsync);
        _ = admin.MapGet("/notices", () => Json([.. log.ListNotices()]));
    }

    private static IResult Json(IReadOnlyList<Buyer> buyers) =>
        TypedResults.Json(buyers, AdminJson.Default.IReadOnlyListBuyer);

    private static IResult Json(IReadOnlyList<Agreement> agreements) =>
        TypedResults.Json(agreements, AdminJson.Default.IReadOnlyListAgreement);

    private static IResult Json(IReadOnlyList<Notice> notices) =>
        TypedResults.Json(notices, AdminJson.Default.IReadOnlyListNotice);

    private async Task<IResult> SaveBuyerAsync(HttpContext http, string accountId)
    {
        var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.BuyerRequest);
        if (problem is not null) return problem;
        if (!Constraints.IsAccountId(accountId))
            return AdminBody.Mistaken([$"The account '{accountId}' must be 1 to 255 digits."]);
        if (request!.CustomerIdentifier is not { Length: > 0 and <= 255 } identifier)
            return AdminBody.Mistaken(["customerIdentifier must have 1 to 255 characters."]);
        var buyer = new Buyer
        {
            AccountId = accountId,
            CustomerIdentifier = identifier,
            Name = request.Name ?? string.Empty,
        };
        await book.SaveAsync(buyer);
        return TypedResults.Json(buyer, AdminJson.Default.Buyer);
    }

    private IResult Find(string id) => log.FindAgreement(id) is { } agreement
        ? TypedResults.Json(agreement, AdminJson.Default.Agreement)
        : NotFound(id);

    private async Task<IResult> SubscribeAsync(HttpContext http)
    {
        var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.AgreementRequest);
        if (problem is not null) return problem;
        var (mistake, agreement) = await orders.SubscribeAsync(request!);
        return mistake is null
            ? TypedResults.Json(agreement, AdminJson.Default.Agreement, statusCode: StatusCodes.Status201Created)
            : AdminBody.Mistaken([mistake]);
    }

    private async Task<IResult> RenewAsync(HttpContext http, string id)
    {
        var isEmpty = http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
        var (problem, request) = isEmpty
            ? (null, new RenewalRequest())
            : await AdminBody.ReadAsync(http, AdminJson.Default.RenewalRequest);
        if (problem is not null) return problem;
        return await AnswerAsync(() => orders.RenewAsync(id, request!.EndsAt));
    }

    private static Task<IResult> StepAsync(Func<Task<Agreement>> step) => AnswerAsync(async () => (null, await step()));

    private static async Task<IResult> AnswerAsync(Func<Task<(string? Mistake, Agreement? Agreement)>> step)
    {
        try
        {
            var (mistake, agreement) = await step();
            return mistake is null
                ? TypedResults.Json(agreement, AdminJson.Default.Agreement)
                : AdminBody.Mistaken([mistake]);
        }
        catch (AgreementStateException refused)
        {
            return TypedResults.Problem(
                refused.Message, statusCode: StatusCodes.Status409Conflict, title: "The agreement doesn't allow it.");
        }
    }

    private static IResult NotFound(string id) => TypedResults.Problem(
        $"There is no agreement '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");
}
