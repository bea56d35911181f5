using System.Buffers.Text;
using System.Security.Cryptography;
using Tally.Emulator.State;

namespace Tally.Emulator.Catalogue;

/// <summary>The tokens with which buyers come to the seller's registration page.</summary>
internal sealed class RegistrationTokens(IEmulatorState state, SellerCatalogue catalogue, TimeProvider time)
{
    /// <summary>How long one that expired is still told from one that never was.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);
    private readonly SweepTimer _sweeping = new();
    private readonly DocumentTable<RegisteredCustomer> _tokens =
        new(state, "token", StateJson.Default.RegisteredCustomer);

    public RegisteredCustomer? Find(string token) => _tokens.Find(token);

    /// <summary>Every token with its customer.</summary>
    public IReadOnlyList<KeyValuePair<string, RegisteredCustomer>> List() => _tokens.List();

    /// <summary>A new token for that customer; once in a while those that expired long ago are forgotten.</summary>
    public async Task<string> IssueAsync(RegisteredCustomer customer)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var seller = customer.SellerAccountId;
        List<DocumentChange> changes = [.. ForgottenAt(time.GetUtcNow()), _tokens.Put(token, customer)];
        if (customer is { CustomerIdentifier: { } identifier, CustomerAWSAccountId: { } buyer })
            changes.Add(catalogue.PutIdentity(seller, buyer, identifier));
        await state.SaveAsync(changes);
        return token;
    }

    /// <summary>The token answers no more from that moment on.</summary>
    public ValueTask EndAsync(string token, RegisteredCustomer customer, DateTimeOffset now) =>
        state.SaveAsync([_tokens.Put(token, customer with { ExpiresAt = now })]);

    private IEnumerable<DocumentChange> ForgottenAt(DateTimeOffset now) => _sweeping.IsDue(now)
        ? _tokens.List()
            .Where(held => now - held.Value.ExpiresAt >= RememberedFor)
            .Select(held => _tokens.Remove(held.Key))
        : [];
}
