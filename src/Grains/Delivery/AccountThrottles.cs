using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tally.Grains.Hosting;

namespace Tally.Grains.Delivery;

/// <summary>The throttles of this silo, one for each AWS account and region.</summary>
/// <remarks>
/// The products of an account that other silos deliver have throttles there, and none knows of the others: each
/// finds, by AWS's refusals, how many calls the others leave it, as it does with programs that aren't Tally. Fairness
/// and deadline first hold among the products of one silo only. An actor per account is to replace this.
/// </remarks>
internal sealed class AccountThrottles
{
    private readonly ConcurrentDictionary<string, SharedThrottle> _throttles = new(StringComparer.Ordinal);
    private readonly Func<string, SharedThrottle> _make;

    /// <summary>Starts without any.</summary>
    /// <param name="options">How calls are let out.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="instruments">Where they are shown.</param>
    public AccountThrottles(
        IOptions<TallyOptions> options,
        [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
        TallyInstruments instruments)
    {
        var settings = options.Value.Throttle();
        _make = _ => new(settings, clock);
        instruments.ObserveThrottles(_throttles);
    }

    /// <summary>Finds the throttle of an account and region.</summary>
    /// <param name="account">Its name; see <see cref="IMarketplaceClients.AccountOf"/>.</param>
    /// <returns>The same for the same name.</returns>
    public SharedThrottle For(string account) => _throttles.GetOrAdd(account, _make);
}
