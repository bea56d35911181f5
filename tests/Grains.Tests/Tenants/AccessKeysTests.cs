using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Tenants;

/// <summary>The access keys that AWS's clients sign with.</summary>
public sealed class AccessKeysTests
{
    [Fact]
    public async Task Create_Pair_IsFoundByItsIdUntilItIsRevoked()
    {
        await using var tally = await TallyCluster.Start();
        var pair = (await Keys(tally).Create("app", [ApiScopes.Ingest]))!;

        Assert.True(AccessKeyPair.IsId(pair.KeyId));
        await using var other = await tally.StartOther();
        var identity = await other.Grains.GetGrain<IAccessKeyGrain>(pair.KeyId).Get();
        Assert.Equal(("default", pair.KeyId), (identity!.Tenant, identity.KeyId));
        Assert.Equal(pair.KeyId, Assert.Single(await Keys(other).List()).KeyId);

        Assert.True(await Keys(other).Revoke(pair.KeyId));
        Assert.Null(await other.Grains.GetGrain<IAccessKeyGrain>(pair.KeyId).Get());
        Assert.Empty(await Keys(other).List());
        Assert.False(await Keys(other).Revoke(pair.KeyId));
    }

    [Fact]
    public async Task Revoke_AnotherTenantsPair_StaysAsItIs()
    {
        await using var tally = await TallyCluster.Start();
        var pair = (await Keys(tally).Create("app", [ApiScopes.Ingest]))!;

        Assert.False(await tally.Grains.GetGrain<IAccessKeysGrain>("other").Revoke(pair.KeyId));
        Assert.NotNull(await tally.Grains.GetGrain<IAccessKeyGrain>(pair.KeyId).Get());
    }

    [Fact]
    public async Task Create_StoreFails_LeavesNoPairThatWorksAndIsNotListed()
    {
        await using var tally = await TallyCluster.Start();
        tally.Storage.FailWrite = state => state == "access-keys";
        await Assert.ThrowsAnyAsync<Exception>(() => Keys(tally).Create("app", [ApiScopes.Ingest]));

        tally.Storage.FailWrite = _ => false;
        await Retry.Until(async () => Assert.Empty(await Keys(tally).List()));
    }

    private static IAccessKeysGrain Keys(TallyCluster tally) => tally.Grains.GetGrain<IAccessKeysGrain>("default");
}
