using Tally.Emulator.State;

namespace Tally.Emulator.Catalogue;

/// <summary>
/// The products of every seller's account, and who is subscribed to them. Product codes of different accounts have
/// nothing to do with each other.
/// </summary>
internal sealed class SellerCatalogue(IEmulatorState state) : IDisposable
{
    private readonly DocumentTable<Product> _products = new(state, "product", StateJson.Default.Product);
    private readonly DocumentTable<Subscription> _subscriptions =
        new(state, "subscription", StateJson.Default.Subscription);
    private readonly DocumentTable<License> _licenses = new(state, "license", StateJson.Default.License);
    private readonly DocumentTable<BuyerIdentity> _identities =
        new(state, "identity", StateJson.Default.BuyerIdentity);
    private readonly SemaphoreSlim _changing = new(1, 1);

    public Product? FindProduct(string accountId, string code) => _products.Find($"{accountId}|{code}");

    /// <summary>
    /// The product of that code as software in a buyer's account means it: the account's own, else one that it is
    /// subscribed to, else any. AWS's codes are unique; here several sellers may have declared the same one.
    /// </summary>
    public Product? FindDeployed(string callerAccountId, string code, DateTimeOffset now) =>
        FindProduct(callerAccountId, code)
        ?? ListProducts().Where(product => string.Equals(product.Code, code, StringComparison.Ordinal))
            .OrderBy(product => !IsSubscribed(product, callerAccountId, now)).FirstOrDefault();

    public License? FindLicense(string accountId, string arn) => _licenses.Find($"{accountId}|{arn}");

    public Subscription? FindSubscription(string accountId, string code, string customer) =>
        _subscriptions.Find($"{accountId}|{code}|{customer}");

    /// <summary>The <c>CustomerIdentifier</c> by which a seller knows a buyer's account; null: none was told.</summary>
    public string? FindIdentifier(string accountId, string buyerAccountId) =>
        _identities.Find($"{accountId}|{buyerAccountId}")?.CustomerIdentifier;

    /// <summary>Every product of every account, by account and code.</summary>
    public IEnumerable<Product> ListProducts() => _products.List().Select(held => held.Value);

    /// <summary>Those whose customers are known by name, with their names.</summary>
    public IEnumerable<(string Customer, Subscription Subscription)> ListSubscriptions(Product product)
    {
        var prefix = $"{product.AccountId}|{product.Code}|";
        return _subscriptions.List()
            .Where(held => held.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(held => (held.Key[prefix.Length..], held.Value));
    }

    public IEnumerable<License> ListLicenses(Product product)
    {
        var prefix = $"{product.AccountId}|";
        return _licenses.List()
            .Where(held => held.Key.StartsWith(prefix, StringComparison.Ordinal)
                && string.Equals(held.Value.ProductCode, product.Code, StringComparison.Ordinal))
            .Select(held => held.Value);
    }

    /// <summary>Whether a customer without a word of its own is subscribed is the product's to say.</summary>
    public bool IsSubscribed(Product product, string customer, DateTimeOffset now) =>
        FindSubscription(product.AccountId, product.Code, customer)?.AcceptsAt(now) ?? product.OpenToAll;

    /// <summary>Replaces dimensions and openness, and adds to customers and licences.</summary>
    public async Task DeclareAsync(string accountId, string code, ProductDeclaration declaration)
    {
        await _changing.WaitAsync();
        try
        {
            await state.SaveAsync([.. ChangesOf(accountId, code, declaration)]);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    /// <summary>A change of a subscription, to be saved together with others.</summary>
    public DocumentChange Put(Product product, string customer, Subscription subscription) =>
        _subscriptions.Put($"{product.AccountId}|{product.Code}|{customer}", subscription);

    /// <summary>A change of a licence of that seller, to be saved together with others.</summary>
    public DocumentChange Put(string accountId, License license) =>
        _licenses.Put($"{accountId}|{license.Arn}", license);

    /// <summary>That both names are one buyer's, to be saved together with others.</summary>
    public DocumentChange PutIdentity(string accountId, string buyerAccountId, string customerIdentifier) =>
        _identities.Put($"{accountId}|{buyerAccountId}", new BuyerIdentity(customerIdentifier));

    public void Dispose() => _changing.Dispose();

    private IEnumerable<DocumentChange> ChangesOf(string accountId, string code, ProductDeclaration declaration)
    {
        var product = (FindProduct(accountId, code) ?? new Product { AccountId = accountId, Code = code }) with
        {
            Dimensions = [.. declaration.Dimensions.Distinct(StringComparer.Ordinal)],
            OpenToAll = declaration.OpenToAll,
            Regions = declaration.Regions,
            HasConcurrentAgreements = declaration.ConcurrentAgreements,
            MeterUsage = declaration.MeterUsage,
            Platforms = declaration.Platforms,
            Title = declaration.Title,
            RegistrationUrl = declaration.RegistrationUrl,
        };
        yield return _products.Put($"{accountId}|{code}", product);
        foreach (var (customer, said) in declaration.Customers)
            yield return Put(product, customer, new Subscription(said));
        foreach (var (arn, holder) in declaration.Licenses)
        {
            var license = FindLicense(accountId, arn)
                ?? new License { Arn = arn, ProductCode = code, AccountId = holder };
            yield return Put(accountId, license with { ProductCode = code, AccountId = holder });
        }
    }
}
