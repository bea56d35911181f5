using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>Freezes the tests' tenant.</summary>
internal static class Freezing
{
    public static ITenantMoveGrain Move(this TallyCluster tally) =>
        tally.Grains.GetGrain<ITenantMoveGrain>(TallyCluster.Tenant);

    public static ITenantStandingGrain Standing(this TallyCluster tally) =>
        tally.Grains.GetGrain<ITenantStandingGrain>(TallyCluster.Tenant);

    /// <summary>Makes the tenant, as a platform's operator does, and a product.</summary>
    public static async Task Make(this TallyCluster tally)
    {
        await tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant).Put("Acme Software");
        await tally.PutProduct("p");
    }

    /// <summary>Freezes it and lets the time pass that it takes.</summary>
    public static async Task Freeze(this TallyCluster tally)
    {
        Assert.Equal(TenantPhase.Freezing, (await tally.Move().Freeze("moving")).Phase);
        await tally.Frozen();
    }

    /// <summary>Lets time pass until it is frozen.</summary>
    public static Task Frozen(this TallyCluster tally) => Retry.Until(async () =>
    {
        tally.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TenantPhase.Frozen, (await tally.Move().GetStanding()).Phase);
    });
}
