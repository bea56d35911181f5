using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Pages;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Subscriptions;

/// <summary>
/// The page on which a buyer sets up an account with the seller: the browser brings a fresh registration token to the
/// seller's registration URL, as AWS's console makes it do.
/// </summary>
internal sealed class FulfillmentEndpoints(
    AgreementLog log,
    SellerCatalogue catalogue,
    RegistrationTokens tokens,
    RuleBook book,
    TimeProvider time) : IAdminModule
{
    private const string Title = "Set up your account";

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/fulfillment/{agreementId}", Show);
        _ = admin.MapPost("/fulfillment/{agreementId}", SendOnAsync);
        _ = admin.MapPost("/agreements/{agreementId}/token", IssueAsync);
    }

    private IResult Show(string agreementId)
    {
        if (Find(agreementId) is not var (agreement, product)) return NotFound(agreementId);
        var page = new HtmlPage(Title);
        Write(page.Body, agreement, product, html => html.Add(
            $"""<form method="post"><button>Set up your account</button></form>"""));
        return page;
    }

    private async Task<IResult> SendOnAsync(string agreementId)
    {
        if (Find(agreementId) is not var (agreement, product)) return NotFound(agreementId);
        if (product.RegistrationUrl is not { } url)
        {
            return TypedResults.Problem(
                $"The product '{product.Code}' is declared without a registrationUrl.",
                statusCode: StatusCodes.Status409Conflict,
                title: "There is nowhere to go.");
        }

        var token = await tokens.IssueAsync(CustomerOf(agreement));
        var page = new HtmlPage(Title) { Script = "document.forms[0].submit()", LeadsElsewhere = true };
        Write(page.Body, agreement, product, html =>
        {
            html.Add($"""<form method="post" action="{url.AbsoluteUri}">""");
            html.Add($"""<input type="hidden" name="x-amzn-marketplace-token" value="{token}" />""");
            if (agreement.IsFreeTrial)
                html.Add($"""<input type="hidden" name="x-amzn-marketplace-offer-type" value="free-trial" />""");
            html.Add($"<button>Go on to {url.Host}</button></form>");
        });
        return page;
    }

    private static void Write(HtmlWriter html, Agreement agreement, Product product, Action<HtmlWriter> form)
    {
        html.Add($"<main><section><h1>{product.Title ?? product.Code}</h1>");
        html.Add($"<p>AWS account {agreement.BuyerAccountId}, agreement {agreement.Id}</p>");
        form(html);
        html.Add($"</section></main>");
    }

    /// <summary>The same token for programs that have no browser.</summary>
    private async Task<IResult> IssueAsync(string agreementId)
    {
        if (Find(agreementId) is not var (agreement, _)) return NotFound(agreementId);
        var customer = CustomerOf(agreement);
        return TypedResults.Json(
            new TokenReply(await tokens.IssueAsync(customer), customer.ExpiresAt),
            AdminJson.Default.TokenReply,
            statusCode: StatusCodes.Status201Created);
    }

    private (Agreement Agreement, Product Product)? Find(string agreementId) =>
        log.FindAgreement(agreementId) is { } agreement
        && catalogue.FindProduct(agreement.SellerAccountId, agreement.ProductCode) is { } product
            ? (agreement, product)
            : null;

    /// <summary>Newer products know their customers by account and licence alone.</summary>
    private RegisteredCustomer CustomerOf(Agreement agreement) => new()
    {
        SellerAccountId = agreement.SellerAccountId,
        ProductCode = agreement.ProductCode,
        CustomerIdentifier = catalogue.FindProduct(agreement.SellerAccountId, agreement.ProductCode)
            is { HasConcurrentAgreements: true } ? null : agreement.CustomerIdentifier,
        CustomerAWSAccountId = agreement.BuyerAccountId,
        LicenseArn = agreement.LicenseArn,
        AgreementId = agreement.Id,
        ExpiresAt = time.GetUtcNow() + TimeSpan.FromMinutes(book.OpenPoints.TokenLifetimeMinutes),
    };

    private static IResult NotFound(string agreementId) => TypedResults.Problem(
        $"There is no agreement '{agreementId}' for a declared product.",
        statusCode: StatusCodes.Status404NotFound,
        title: "Not found.");
}
