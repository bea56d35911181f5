using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tally.Grains.Hosting;

namespace Tally.Grains.Moves;

/// <summary>The silo's leases, one for each tenant it works for.</summary>
/// <param name="grains">Whom to ask for them.</param>
/// <param name="clock">What time it is.</param>
internal sealed class TenantGate(
    IGrainFactory grains, [FromKeyedServices(TallyTime.Key)] TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TenantLease> _leases = new(StringComparer.Ordinal);

    /// <summary>Finds a tenant's lease.</summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <returns>The lease, always the same.</returns>
    public TenantLease Of(string tenant) =>
        _leases.GetOrAdd(tenant, static (name, gate) => gate.Make(name), this);

    private TenantLease Make(string tenant) => new(tenant, grains, clock);
}
