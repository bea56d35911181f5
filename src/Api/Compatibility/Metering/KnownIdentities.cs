using Microsoft.Extensions.Options;
using Tally.Api.Dispatch;
using Tally.Api.Hosting;
using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;

namespace Tally.Api.Compatibility.Metering;

/// <summary>
/// Sees to it that a customer is known by what AWS knows it by, before the first of its usage is counted.
/// </summary>
internal sealed class KnownIdentities
{
    private readonly IGrainFactory _grains;
    private readonly CallPatience _patience;
    private readonly GenerationalCache<CustomerKey, bool> _known;

    /// <summary>Makes it.</summary>
    /// <param name="grains">Where customers are.</param>
    /// <param name="patience">Asks again.</param>
    /// <param name="options">How many customers are remembered, and for how long.</param>
    /// <param name="time">The clock.</param>
    public KnownIdentities(
        IGrainFactory grains, CallPatience patience, IOptions<TallyApiOptions> options, TimeProvider time)
    {
        (_grains, _patience) = (grains, patience);
        _known = new(Math.Max(1, options.Value.IdleLanesMax), options.Value.ProductCachedFor, time);
    }

    /// <summary>Makes a customer known.</summary>
    /// <param name="product">Whose customer.</param>
    /// <param name="identity">How AWS knows it.</param>
    /// <returns>A task that completes when it is known.</returns>
    public async ValueTask Introduce(ProductKey product, CustomerIdentity identity)
    {
        var name = CustomerNames.Of(identity);
        var key = new CustomerKey(product, name);

        // A customer that nobody has described is known to AWS by its name.
        if (identity.CustomerIdentifier != name && !_known.TryGet(key, out _))
        {
            await _patience.Ask(() => Describe(_grains.GetGrain<ICustomerGrain>(key.ToString()), name, identity));
            _known.Put(key, true);
        }
    }

    private static async Task<bool> Describe(ICustomerGrain customer, string name, CustomerIdentity identity)
    {
        // What a person has said of the customer stays.
        var profile = await customer.GetProfile();
        if (profile is null || profile.Identity == new CustomerIdentity(name, null, null))
        {
            await customer.PutProfile(new(profile?.Name, identity));
        }

        return true;
    }
}
