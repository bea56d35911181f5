using System.Globalization;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Subscriptions;

/// <summary>Makes agreements for whoever asks for them in the right form.</summary>
internal sealed class AgreementOrders(AgreementBook book, SellerCatalogue catalogue, TimeProvider time)
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
        if (MistakeIn(request.EndsAt) is { } mistake) return (mistake, null);
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

    /// <summary>What is wrong with the end, or else the agreement as it goes on.</summary>
    /// <exception cref="AgreementStateException">
    /// There is no such agreement that is active, or it has come to its end.
    /// </exception>
    public async Task<(string? Mistake, Agreement? Agreement)> RenewAsync(string id, DateTimeOffset? endsAt) =>
        MistakeIn(endsAt) is { } mistake ? (mistake, null) : (null, await book.RenewAsync(id, endsAt));

    private string? MistakeIn(DateTimeOffset? endsAt) => endsAt <= time.GetUtcNow()
        ? string.Create(CultureInfo.InvariantCulture, $"endsAt {endsAt:u} must lie ahead of the emulator's clock.")
        : null;
}
