using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tally.Domain.Delivery.Throttling;
using Tally.Grains.Hosting;

namespace Tally.Grains.Delivery;

/// <summary>The throttles whose actors are on this silo, one for each AWS account and region.</summary>
internal sealed class AccountThrottles
{
    private readonly ConcurrentDictionary<string, SharedThrottle> _throttles = new(StringComparer.Ordinal);
    private readonly Func<RateState?, SharedThrottle> _make;

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
        _make = known => new(settings, clock, known);
        instruments.ObserveThrottles(_throttles);
    }

    /// <summary>Makes the throttle of an account and region, and shows what it does.</summary>
    /// <param name="account">Its name; see <see cref="IMarketplaceClients.AccountOf"/>.</param>
    /// <param name="known">What is known about its limit; null for nothing.</param>
    /// <returns>The throttle.</returns>
    public SharedThrottle Open(string account, RateState? known) => _throttles[account] = _make(known);

    /// <summary>No longer shows a throttle.</summary>
    /// <param name="account">Its name.</param>
    public void Close(string account) => _throttles.TryRemove(account, out _);
}
