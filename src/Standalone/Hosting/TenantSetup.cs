using Tally.Contracts.Tenants;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>
/// Makes the default tenant and its administrator's key, after the silo has started and before the HTTP API takes
/// requests, so that whoever is told that the platform is ready can use it.
/// </summary>
/// <param name="grains">The actors.</param>
/// <param name="options">How the platform runs.</param>
internal sealed class TenantSetup(IGrainFactory grains, StandaloneOptions options) : IHostedService
{
    /// <summary>The one tenant that is there from the start.</summary>
    public const string DefaultTenant = "default";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var tenant = grains.GetGrain<ITenantGrain>(DefaultTenant);
        if (await tenant.Get() is null)
        {
            await tenant.Put("Default tenant");
        }

        var made = await tenant.EnsureAdminKey(options.AdminKey, ApiScopes.All);
        if (made is not null && options.AdminKey is null)
        {
            Console.WriteLine($"Administrator's key, shown this once: {made}");
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
