using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;
using Tally.Contracts.Moves;
using Tally.Grains.Hosting;
using Tally.Silo.Postgres;
using Tally.Silo.Tests.Sqlite;
using Tally.Tests.Postgres;

namespace Tally.Silo.Tests.Postgres;

public sealed class PostgresClusterTests(SharedPostgres postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly GrainId Grain = GrainId.Create("customer", "acme|p|c/1|x");

    [Fact]
    public async Task Cluster_TwoSilosAndAClient_FindEachOtherInTheDatabase()
    {
        var database = await postgres.NewDatabase();
        using var one = await PostgresSilo.Start(database);
        using var two = await PostgresSilo.Start(database);
        using var client = await PostgresSilo.Connect(database);
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        for (var index = 0; index < 50; index++)
        {
            await grains.GetGrain<IKeeperGrain>($"k{index}").Keep("one");
        }

        Assert.Equal(2, hosts.Count);
        var counts = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        Assert.Equal(2, counts.Where(count => count.GrainType.Contains("Keeper", StringComparison.Ordinal))
            .Select(count => count.SiloAddress).Distinct().Count());
        await client.StopAsync();
        await two.StopAsync();
        await one.StopAsync();
    }

    [Fact]
    public async Task Restart_StateAndReminder_AreThereAgain()
    {
        var database = await postgres.NewDatabase();
        using (var silo = await PostgresSilo.Start(database))
        {
            var grain = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeeperGrain>("k");
            await grain.Keep("one");
            await grain.Keep("two");
            await grain.Remind("wake");
            await silo.StopAsync();
        }

        using (var silo = await PostgresSilo.Start(database))
        {
            var grain = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeeperGrain>("k");
            Assert.Equal(["one", "two"], await grain.Kept());
            Assert.True(await grain.IsReminded("wake"));
            await silo.StopAsync();
        }
    }

    [Fact]
    public async Task Standing_ChangedInAnotherCluster_IsReadAnew()
    {
        var database = await postgres.NewDatabase();
        using var one = await PostgresSilo.Start(database);
        using var two = await PostgresSilo.Start(
            silo => silo.UsePostgresCluster(new() { ConnectionString = database, ClusterId = "apart" }));
        var here = one.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantStandingGrain>("acme");
        var there = two.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantStandingGrain>("acme");
        Assert.Equal(TenantPhase.Open, (await there.Get()).Phase);
        await here.Freeze("moving");

        Assert.Equal((TenantPhase.Freezing, "moving"), ((await there.Get()).Phase, (await there.Get()).Reason));
        await there.Thaw(isForced: false);
        Assert.Equal(TenantPhase.Open, (await here.Get()).Phase);
        await two.StopAsync();
        await one.StopAsync();
    }

    [Fact]
    public async Task State_KeysThatLookLikeOneNumber_AreToldApart()
    {
        var database = await postgres.NewDatabase();
        using var silo = await PostgresSilo.Start(database);
        var grains = silo.Services.GetRequiredService<IGrainFactory>();
        string[] keys =
        [
            "1", "01", "001", "cafe", "0cafe", "CAFE", "1+a", "01+a", "+1", "-1", "ffffffffffffffff",
            "00000000000000000000000000000001", "0000000000000000000000000000000000000001", "=1", new('x', 2_000),
        ];
        foreach (var key in keys)
        {
            await grains.GetGrain<IKeeperGrain>(key).Keep(key);
        }

        await silo.StopAsync();
        using var again = await PostgresSilo.Start(database);
        foreach (var key in keys)
        {
            var kept = await again.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeeperGrain>(key).Kept();
            Assert.Equal(key, Assert.Single(kept));
        }

        await again.StopAsync();
    }

    [Fact]
    public async Task State_StaleETag_IsRefusedAndChangesNothing()
    {
        using var silo = await PostgresSilo.Start(await postgres.NewDatabase());
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(TallyStorage.Name);
        var (first, second) = (await Read(storage), await Read(storage));
        first.State!.Items.Clear();
        first.State!.Items.Add("first");
        await storage.WriteStateAsync("state", Grain, first);
        second.State!.Items.Clear();
        second.State!.Items.Add("second");
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => storage.WriteStateAsync("state", Grain, second));
        var third = await Read(storage);
        Assert.Equal(["first"], third.State!.Items);
        third.State!.Items.Clear();
        third.State!.Items.Add("third");
        await storage.WriteStateAsync("state", Grain, third);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => storage.WriteStateAsync("state", Grain, first));
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => storage.ClearStateAsync("state", Grain, first));

        Assert.Equal(["third"], (await Read(storage)).State!.Items);
        await storage.ClearStateAsync("state", Grain, third);
        Assert.Empty((await Read(storage)).State!.Items);
        third.State!.Items.Clear();
        third.State!.Items.Add("anew");
        await storage.WriteStateAsync("state", Grain, third);
        Assert.Equal(["anew"], (await Read(storage)).State!.Items);
        await silo.StopAsync();
    }

    [Fact]
    public async Task State_ManyWritersOfOneVersion_OneWins()
    {
        using var silo = await PostgresSilo.Start(await postgres.NewDatabase());
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(TallyStorage.Name);
        var writers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async writer =>
        {
            var state = new GrainState<ListState> { State = new() { Items = { $"{writer}" } } };
            try
            {
                await storage.WriteStateAsync("state", Grain, state);
                return $"{writer}";
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        }));

        Assert.Equal((await Read(storage)).State!.Items, writers.OfType<string>());
        await silo.StopAsync();
    }

    [Fact]
    public async Task Reminder_StaleETag_RemovesNothing()
    {
        using var silo = await PostgresSilo.Start(await postgres.NewDatabase());
        var reminders = silo.Services.GetRequiredService<IReminderTable>();
        var entry = new ReminderEntry
        {
            GrainId = Grain,
            ReminderName = "flush",
            StartAt = new(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc),
            Period = TimeSpan.FromMinutes(1),
        };
        var old = await reminders.UpsertRow(entry);
        var current = await reminders.UpsertRow(entry);

        Assert.False(await reminders.RemoveRow(Grain, "flush", old!));
        var found = await reminders.ReadRow(Grain, "flush");
        Assert.Equal((entry.StartAt, entry.Period, current), (found!.StartAt, found.Period, found.ETag));
        var hash = Grain.GetUniformHashCode();
        Assert.Single((await reminders.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await reminders.ReadRows(hash, hash + 1)).Reminders);
        Assert.Single((await reminders.ReadRows(hash, hash)).Reminders);
        Assert.True(await reminders.RemoveRow(Grain, "flush", current!));
        Assert.Null(await reminders.ReadRow(Grain, "flush"));
        await reminders.UpsertRow(entry);
        Assert.False(await reminders.RemoveRow(Grain, "flush", current!));
        await silo.StopAsync();
    }

    [Fact]
    public async Task Membership_DeadSilos_AreCleanedUpAndLivingStay()
    {
        var database = await postgres.NewDatabase();
        using var silo = await PostgresSilo.Start(database);
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        var before = await table.ReadAllAsync(Stop);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, Stop);
        Assert.Equal(before.Members.Count, (await table.ReadAllAsync(Stop)).Members.Count);
        using (var other = await PostgresSilo.Start(database))
        {
            await other.StopAsync();
        }

        Assert.Equal(2, (await table.ReadAllAsync(Stop)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, Stop);
        var left = Assert.Single((await table.ReadAllAsync(Stop)).Members).Item1;
        Assert.Equal(SiloStatus.Active, left.Status);
        await silo.StopAsync();
    }

    private static async Task<GrainState<ListState>> Read(IGrainStorage storage)
    {
        var state = new GrainState<ListState>();
        await storage.ReadStateAsync("state", Grain, state);
        return state;
    }
}
