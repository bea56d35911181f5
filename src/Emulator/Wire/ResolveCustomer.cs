using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>Who stands behind a registration token: the same answer to every call, until it expires.</summary>
internal sealed class ResolveCustomer(
    RegistrationTokens tokens,
    SellerCatalogue catalogue,
    RuleBook book,
    TimeProvider time) : IMeteringOperation
{
    public string Name => "ResolveCustomer";

    public async ValueTask<Answer> CarryOutAsync(MeteringCall call)
    {
        var request = AwsJsonReader.ResolveCustomer(call.Body);
        if (Constraints.Check(request, book.OpenPoints) is { } broken) return Answer.Of(broken);
        var seller = call.Caller.AccountId;
        var customer = tokens.Find(request.RegistrationToken!);
        if (customer is null || !string.Equals(customer.SellerAccountId, seller, StringComparison.Ordinal))
            return Answer.Of(new("InvalidTokenException", "The registration token is invalid."));
        var now = time.GetUtcNow();
        if (now >= customer.ExpiresAt)
            return Answer.Of(new("ExpiredTokenException", "The registration token has expired."));
        if (catalogue.FindProduct(seller, customer.ProductCode)?.IsEnabledIn(call.Caller.Region) is false)
            return Answer.Of(new("DisabledApiException", "The API is disabled in this region for this product."));

        if (book.OpenPoints.ResolvingEndsToken) await tokens.EndAsync(request.RegistrationToken!, customer, now);
        var known = book.Rules.HasAccounts
            ? customer
            : customer with { CustomerAWSAccountId = null, LicenseArn = null, AgreementId = null };
        return new Answer(null, 0, json => AwsJsonWriter.Write(json, known));
    }
}
