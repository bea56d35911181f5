using Tally.Contracts.Delivery;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Entitlement;
using Tally.Domain.Quantities;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.LiveView;

/// <summary>Where the live view finds what it shows.</summary>
/// <param name="Grains">The actors.</param>
/// <param name="Options">How the platform runs.</param>
/// <param name="Api">The address of the HTTP API.</param>
/// <param name="Emulator">The emulator's address; null where there is none.</param>
internal sealed record LiveSources(IGrainFactory Grains, StandaloneOptions Options, Uri Api, Uri? Emulator)
{
    /// <summary>Asks every product of every tenant.</summary>
    /// <returns>A line for each.</returns>
    public async Task<IReadOnlyList<ProductLine>> Read()
    {
        var lines = new List<ProductLine>();
        foreach (var tenant in await Grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey).List())
        {
            var info = await Grains.GetGrain<ITenantGrain>(tenant).Get();
            foreach (var code in info?.Products ?? [])
            {
                lines.Add(await Read(new(tenant, code)));
            }
        }

        return lines;
    }

    private async Task<ProductLine> Read(ProductKey key)
    {
        var product = await Grains.GetGrain<IProductGrain>(key.ToString()).Get();
        var delivery = Grains.GetGrain<IDeliveryGrain>(key.ToString());
        var balances = await delivery.GetBalances();
        var sum = balances.Aggregate(default(Balance), (total, balance) => total + balance.Balance);
        var status = await delivery.GetStatus();
        if (product?.Channel == DeliveryChannel.MeterUsage)
        {
            var entitlement = await Grains.GetGrain<IEntitlementGrain>(key.ToString()).Get();
            status = entitlement.Verdict == EntitlementVerdict.Entitled
                ? status
                : status with { Problem = $"no usage is taken: {entitlement.Code} {entitlement.Message}" };
        }

        return new(product?.Name ?? key.Code, sum, status);
    }
}

/// <summary>A product in the live view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sum">The conservation equation over all its dimensions.</param>
/// <param name="Status">How its delivery is doing.</param>
internal sealed record ProductLine(string Name, Balance Sum, DeliveryStatus Status)
{
    /// <summary>Whether every unit is accounted for.</summary>
    public bool IsBalanced => Sum.Difference == Quantity.Zero;
}
