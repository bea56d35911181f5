using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Subscriptions;

/// <summary>Makes agreements for whoever asks for them in the right form.</summary>
internal sealed class AgreementOrders(AgreementBook book, SellerCatalogue catalogue)
{
    /// <summary>What is wrong with the request, or else the agreement.</summary>
    public async Task<(string? Mistake, Agreement? Agreement)> SubscribeAsync(AgreementRequest request)
    {
        var product = catalogue.FindProduct(
            request.AccountId ?? EmulatorOptions.DefaultAccountId, request.ProductCode ?? string.Empty);
        if (product is null) return ($"productCode '{request.ProductCode}' is not a declared product.", null);
        if (!Constraints.IsAccountId(request.BuyerAccountId))
            return ($"buyerAccountId '{request.BuyerAccountId}' must be 1 to 255 digits.", null);
        if (request.CustomerIdentifier is { Length: 0 or > 255 })
            return ("customerIdentifier must have 1 to 255 characters.", null);
        return (null, await book.SubscribeAsync(new NewAgreement
        {
            Product = product,
            BuyerAccountId = request.BuyerAccountId!,
            CustomerIdentifier = request.CustomerIdentifier,
            IsFreeTrial = request.IsFreeTrial,
            Succeeds = !request.Fails,
            EndsAt = request.EndsAt,
        }));
    }
}
