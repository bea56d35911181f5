using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Domain.Tenancy;
using Tally.Domain.Time;

namespace Tally.Api.Tests.Stage;

/// <summary>
/// A customer that really counts, in memory only. Reentrant, so that it would see two calls at once if they were made.
/// </summary>
[Reentrant]
public sealed class StageCustomer(StageFaults faults, [FromKeyedServices("Tally")] TimeProvider clock)
    : Grain, ICustomerGrain
{
    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);
    private CustomerProfile? _profile;
    private Subscription _subscription = Subscription.Unknown;

    private CustomerKey Key => CustomerKey.Parse(this.GetPrimaryKeyString());

    public async ValueTask<PostReply> Post(UsageBatch batch)
    {
        using var seen = faults.Enter(Key, batch);
        await faults.Before(Key);
        var product = await GrainFactory.GetGrain<IProductGrain>(Key.Product.ToString()).Get();
        var rules = new CountingRules(product!, MeteringPeriod.Hour, AcceptanceRules.Aws2026, TimeSpan.FromMinutes(30))
        {
            TakesUsage = _subscription.TakesUsage,
        };
        var statuses = new byte[batch.Count];
        var counted = LedgerEntries.Count(
            _ledger, batch.Events.Span, rules, clock.GetUtcNow(), statuses, new PayloadWriter());
        if (counted > 0)
        {
            await GrainFactory.GetGrain<IStageDelivery>(Key.Product.ToString()).Register(Key.Customer);
        }

        return counted == batch.Count ? PostReply.AllCounted : new PostReply(statuses);
    }

    public async Task<SealReply> Seal(long throughSeconds)
    {
        var product = await GrainFactory.GetGrain<IProductGrain>(Key.Product.ToString()).Get();
        var identity = _profile?.Identity ?? new CustomerIdentity(Key.Customer, null, null);
        _ledger.Seal(MeteringPeriod.Hour.Starting(throughSeconds), product!, identity, clock.GetUtcNow());
        return new([.. _ledger.RecordsIn(RecordState.Waiting)], [], IsIdle: false, IsRefused: false, null, null);
    }

    public Task Settle(IReadOnlyList<Settlement> settlements)
    {
        foreach (var settlement in settlements)
        {
            _ledger.Settle(settlement);
        }

        return Task.CompletedTask;
    }

    public async Task<AmendReply> Amend(RecordAmendment amendment)
    {
        var product = await GrainFactory.GetGrain<IProductGrain>(Key.Product.ToString()).Get();
        var rules = new CountingRules(product!, MeteringPeriod.Hour, AcceptanceRules.Aws2026, TimeSpan.FromMinutes(30));
        var (status, _) = LedgerEntries.Amend(_ledger, amendment, rules, clock.GetUtcNow());
        return new(status, _ledger.Records().FirstOrDefault(view => view.Record.Key == amendment.Key));
    }

    public async Task<CustomerUsage?> GetUsage()
    {
        var product = await GrainFactory.GetGrain<IProductGrain>(Key.Product.ToString()).Get();
        if (_ledger.Balances().Count == 0 && _profile is null)
        {
            return null;
        }

        var open = _ledger.OpenUsage().Select(usage => new OpenAccumulator(
            product!.Dimensions[usage.Key.Ordinal].Name,
            DateTimeOffset.FromUnixTimeSeconds(usage.Key.HourStartSeconds),
            usage.Quantity,
            usage.Events,
            usage.FromPreviousMonth));
        return new([.. open], [.. _ledger.Records()], await GetBalances(), AcceptanceRules.Aws2026);
    }

    public async Task<IReadOnlyList<DimensionBalance>> GetBalances()
    {
        var product = await GrainFactory.GetGrain<IProductGrain>(Key.Product.ToString()).Get();
        return
        [
            .. _ledger.Balances().Select(pair => new DimensionBalance(product!.Dimensions[pair.Key].Name, pair.Value)
            {
                Remainders = _ledger.Remainders().GetValueOrDefault(pair.Key, []),
            }),
        ];
    }

    public Task<CustomerProfile?> GetProfile() => Task.FromResult(
        _profile ?? (_ledger.Balances().Count > 0 ? new CustomerProfile(null, new(Key.Customer, null, null)) : null));

    public Task PutProfile(CustomerProfile profile)
    {
        _profile = profile;
        return GrainFactory.GetGrain<IStageDelivery>(Key.Product.ToString()).Register(Key.Customer);
    }

    public async Task<Subscription?> Notify(SubscriptionNotice notice)
    {
        _subscription = _subscription.Hear(notice);
        await GrainFactory.GetGrain<IStageDelivery>(Key.Product.ToString()).Register(Key.Customer);
        return _subscription;
    }

    public async Task<Subscription?> GetSubscription() =>
        _subscription.Notice is not null || await GetProfile() is not null ? _subscription : null;

    public Task Checkpoint() => Task.CompletedTask;
}

/// <summary>A product's delivery that customers are entered into.</summary>
public interface IStageDelivery : IDeliveryGrain
{
    Task Register(string customer);
}

/// <summary>A product's delivery that knows its customers and never sends.</summary>
public sealed class StageDelivery : Grain, IStageDelivery
{
    private readonly SortedSet<string> _customers = new(StringComparer.Ordinal);

    public Task Register(string customer)
    {
        _customers.Add(customer);
        return Task.CompletedTask;
    }

    public Task Flush() => Task.CompletedTask;

    public Task<DeliveryStatus> GetStatus()
    {
        var next = DateTimeOffset.UnixEpoch.AddHours(1);
        return Task.FromResult(new DeliveryStatus(
            _customers.Count, _customers.Count, 0, 0, 1, 2, 3, null, next, "no credentials",
            new("AccessDenied", "no credentials", "request-1", next, next)));
    }

    public async Task<IReadOnlyList<DimensionBalance>> GetBalances()
    {
        var sums = new Dictionary<string, Balance>();
        foreach (var customer in _customers)
        {
            var key = new CustomerKey(ProductKey.Parse(this.GetPrimaryKeyString()), customer);
            var balances = await GrainFactory.GetGrain<ICustomerGrain>(key.ToString()).GetBalances();
            foreach (var (dimension, balance) in balances)
            {
                sums[dimension] = sums.GetValueOrDefault(dimension) + balance;
            }
        }

        return [.. sums.Select(pair => new DimensionBalance(pair.Key, pair.Value))];
    }

    public Task<IReadOnlyList<string>> ListCustomers(string? after, int countMax) =>
        Task.FromResult<IReadOnlyList<string>>(
        [
            .. _customers
                .SkipWhile(customer => after is not null && string.CompareOrdinal(customer, after) <= 0)
                .Take(countMax),
        ]);
}

/// <summary>A product in memory.</summary>
public sealed class StageProduct : Grain, IProductGrain
{
    private ProductDefinition? _definition;

    public async Task<CatalogueDecision> Put(ProductConfig config)
    {
        var key = ProductKey.Parse(this.GetPrimaryKeyString());
        var decision = CatalogueRules.Apply(key.Code, _definition, config);
        if (decision.Definition is not null)
        {
            await GrainFactory.GetGrain<ITenantGrain>(key.Tenant).AddProduct(key.Code);
            _definition = decision.Definition;
        }

        return decision;
    }

    public Task<ProductDefinition?> Get() => Task.FromResult(_definition);
}

/// <summary>A tenant in memory.</summary>
public sealed class StageTenant : Grain, ITenantGrain
{
    private readonly List<string> _products = [];
    private readonly List<(ApiKeyInfo Info, string Hash)> _keys = [];
    private string? _title;
    private int _made;

    public Task<TenantInfo> Put(string title)
    {
        _title = title;
        return Task.FromResult(Info());
    }

    public Task<TenantInfo?> Get() => Task.FromResult(_title is null ? null : Info());

    public Task AddProduct(string code)
    {
        if (!_products.Contains(code))
        {
            _products.Add(code);
        }

        return Task.CompletedTask;
    }

    public async Task<CreatedApiKey> CreateKey(string name, IReadOnlyList<string> scopes)
    {
        var secret = $"tally_{this.GetPrimaryKeyString()}_{_made++}_0123456789abcdef";
        var info = new ApiKeyInfo($"key-{_made}", name, scopes, DateTimeOffset.UnixEpoch);
        await GrainFactory.GetGrain<IApiKeyGrain>(ApiKeySecret.Hash(secret))
            .Put(new(this.GetPrimaryKeyString(), info.KeyId, scopes));
        _keys.Add((info, ApiKeySecret.Hash(secret)));
        return new(info, secret);
    }

    public Task<string?> EnsureAdminKey(string? secret, IReadOnlyList<string> scopes) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ApiKeyInfo>> ListKeys() =>
        Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. _keys.Select(key => key.Info)]);

    public async Task<bool> RevokeKey(string keyId)
    {
        var at = _keys.FindIndex(key => key.Info.KeyId == keyId);
        if (at < 0)
        {
            return false;
        }

        await GrainFactory.GetGrain<IApiKeyGrain>(_keys[at].Hash).Remove();
        _keys.RemoveAt(at);
        return true;
    }

    private TenantInfo Info() => new(this.GetPrimaryKeyString(), _title ?? "", [.. _products]);
}

/// <summary>The list of tenants in memory.</summary>
public sealed class StageTenants : Grain, ITenantDirectoryGrain
{
    private readonly SortedSet<string> _tenants = new(StringComparer.Ordinal);

    public Task Add(string tenant)
    {
        _tenants.Add(tenant);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> List() => Task.FromResult<IReadOnlyList<string>>([.. _tenants]);
}

/// <summary>Keys derived from a master key that everybody knows.</summary>
public sealed class StagePlatformKeys : Grain, IPlatformKeysGrain
{
    public Task<byte[]> Derive(string purpose) =>
        Task.FromResult(KeyDerivation.Derive(new byte[KeyDerivation.KeyBytes], purpose));
}

/// <summary>A key in memory.</summary>
public sealed class StageKey : Grain, IApiKeyGrain
{
    private ApiKeyIdentity? _identity;

    public Task<ApiKeyIdentity?> Get() => Task.FromResult(_identity);

    public Task Put(ApiKeyIdentity identity)
    {
        _identity = identity;
        return Task.CompletedTask;
    }

    public Task Remove()
    {
        _identity = null;
        return Task.CompletedTask;
    }
}
