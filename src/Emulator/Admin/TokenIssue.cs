using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Admin;

/// <summary>Gives out registration tokens to whoever asks for them in the right form.</summary>
internal sealed class TokenIssue(
    SellerCatalogue catalogue,
    RegistrationTokens tokens,
    RuleBook book,
    TimeProvider time)
{
    /// <summary>What is wrong with the request, or else the token.</summary>
    public async Task<(string? Mistake, TokenReply? Reply)> IssueAsync(TokenRequest request)
    {
        var account = request.AccountId ?? EmulatorOptions.DefaultAccountId;
        if (string.IsNullOrEmpty(request.ProductCode) || catalogue.FindProduct(account, request.ProductCode) is null)
            return ($"productCode '{request.ProductCode}' is not a declared product.", null);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && !book.Rules.HasAccounts)
            return ($"customerIdentifier must be given with the rules {book.Rules.Name}.", null);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && string.IsNullOrEmpty(request.CustomerAWSAccountId))
            return ("customerIdentifier or customerAWSAccountId must be given.", null);
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
        return (null, new TokenReply(await tokens.IssueAsync(customer), customer.ExpiresAt));
    }
}
