using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Emulator;

namespace Tally.Standalone.Hosting;

/// <summary>
/// Declares every product to the built-in emulator, as its owner would list it at AWS: open to all customers.
/// </summary>
/// <param name="grains">Where the products are.</param>
/// <param name="emulator">The emulator.</param>
/// <param name="logger">Where to say what fails.</param>
internal sealed partial class EmulatorListing(
    IGrainFactory grains,
    MarketplaceEmulator emulator,
    ILogger<EmulatorListing> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<ProductKey, int> _declared = [];

    /// <summary>Declares what there is and what comes, until it is told to stop.</summary>
    /// <param name="stopping">Says when.</param>
    /// <returns>A task that ends with it.</returns>
    public async Task Run(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            try
            {
                await DeclareAll();
            }
            catch (Exception exception)
            {
                Log.DeclareFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task DeclareAll()
    {
        var tenants = await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey).List();
        foreach (var tenant in tenants)
        {
            var info = await grains.GetGrain<ITenantGrain>(tenant).Get();
            foreach (var code in info?.Products ?? [])
            {
                await Declare(new(tenant, code));
            }
        }
    }

    private async Task Declare(ProductKey key)
    {
        var product = await grains.GetGrain<IProductGrain>(key.ToString()).Get();
        if (product is null || _declared.GetValueOrDefault(key) == product.Version)
        {
            return;
        }

        await emulator.DeclareProductAsync(key.Code, [.. product.Dimensions.Select(dimension => dimension.Name)]);
        _declared[key] = product.Version;
    }

    private static partial class Log
    {
        [LoggerMessage(
            3001, LogLevel.Warning, "The products could not be declared to the emulator; it is tried again.")]
        public static partial void DeclareFailed(ILogger logger, Exception exception);
    }
}
