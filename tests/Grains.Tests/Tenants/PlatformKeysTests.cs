using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Tenants;

/// <summary>The keys that tokens and notices are signed with.</summary>
public sealed class PlatformKeysTests
{
    [Fact]
    public async Task Derive_NothingConfigured_IsTheSameForEverySiloOfTheStore()
    {
        await using var tally = await TallyCluster.Start();
        var key = await Keys(tally).Derive("tokens");
        Assert.Equal(KeyDerivation.KeyBytes, key.Length);
        Assert.NotEqual(key, await Keys(tally).Derive("notices"));

        await using var other = await tally.StartOther();
        Assert.Equal(key, await Keys(other).Derive("tokens"));
    }

    [Fact]
    public async Task Derive_StoreFails_GivesNoKeyThatIsNotStored()
    {
        await using var tally = await TallyCluster.Start();
        tally.Storage.FailWrite = state => state == "keys";
        await Assert.ThrowsAnyAsync<Exception>(() => Keys(tally).Derive("tokens"));

        tally.Storage.FailWrite = _ => false;
        await using var other = await tally.StartOther();
        var key = await Keys(other).Derive("tokens");
        await Retry.Until(async () => Assert.Equal(key, await Keys(tally).Derive("tokens")));
    }

    [Fact]
    public async Task Derive_MasterKeyConfigured_IsTakenInsteadAndNotStored()
    {
        var master = new byte[KeyDerivation.KeyBytes];
        await using var tally =
            await TallyCluster.Start(configure: options => options.MasterKey = Convert.ToBase64String(master));
        Assert.Equal(KeyDerivation.Derive(master, "tokens"), await Keys(tally).Derive("tokens"));

        await using var other = await tally.StartOther();
        Assert.NotEqual(KeyDerivation.Derive(master, "tokens"), await Keys(other).Derive("tokens"));
    }

    private static IPlatformKeysGrain Keys(TallyCluster tally) =>
        tally.Grains.GetGrain<IPlatformKeysGrain>(IPlatformKeysGrain.TheKey);
}
