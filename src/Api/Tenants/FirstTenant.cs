using Microsoft.Extensions.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Tenants;

/// <summary>
/// Makes the default tenant and its administrator's key, once the actors answer and before the HTTP API takes requests,
/// so that whoever is told that the platform is ready can use it. Several processes may do so at once.
/// </summary>
/// <param name="grains">The actors.</param>
/// <param name="adminKey">The key to take at the first start; null to make one and print it once.</param>
public sealed class FirstTenant(IGrainFactory grains, string? adminKey) : IHostedService
{
    /// <summary>The one tenant that is there from the start.</summary>
    public const string Name = "default";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var tenant = grains.GetGrain<ITenantGrain>(Name);
        if (await tenant.Get() is null)
        {
            await tenant.Put("Default tenant");
        }

        var made = await tenant.EnsureAdminKey(adminKey, ApiScopes.All);
        if (made is not null && adminKey is null)
        {
            Console.WriteLine($"Administrator's key, shown this once: {made}");
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
