using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Tally.Contracts;
using Tally.Contracts.Moves;
using Tally.Grains.Hosting;
using Tally.Journal;
using Tally.Journal.Sqlite;
using Tally.Silo.Sqlite;

namespace Tally.Silo.Tests.Sqlite;

/// <summary>A silo on the embedded stores, stopped and started again.</summary>
public sealed class SqliteSiloTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-silo-");

    [Fact]
    public async Task Restart_StateReminderAndJournal_AreThereAgain()
    {
        await using (var cluster = await Start())
        {
            var grain = cluster.Client.GetGrain<IKeeperGrain>("k");
            await grain.Keep("one");
            await grain.Keep("two");
            await grain.Remind("wake");
            await Journal(cluster).AppendAsync("c", new byte[] { 1 });
        }

        await using (var cluster = await Start())
        {
            var grain = cluster.Client.GetGrain<IKeeperGrain>("k");
            Assert.Equal(["one", "two"], await grain.Kept());
            Assert.True(await grain.IsReminded("wake"));
            Assert.Single(await Journal(cluster).ReadAsync("c", 0));
        }
    }

    [Fact]
    public async Task Restart_FrozenTenant_StaysFrozenUntilItIsThawed()
    {
        await using (var cluster = await Start())
        {
            var standing = cluster.Client.GetGrain<ITenantStandingGrain>("acme");
            var freezing = await standing.Freeze("moving");
            Assert.Equal(TenantPhase.Freezing, freezing.Phase);
            await standing.Settled(freezing.FreezeId!);
        }

        await using (var cluster = await Start())
        {
            var standing = cluster.Client.GetGrain<ITenantStandingGrain>("acme");
            Assert.Equal((TenantPhase.Frozen, "moving"), ((await standing.Get()).Phase, (await standing.Get()).Reason));
            Assert.Equal(TenantPhase.Open, (await standing.Thaw(isForced: false)).Phase);
            Assert.Equal(TenantPhase.Open, (await standing.Get()).Phase);
        }
    }

    [Fact]
    public async Task Start_FileInUse_FailsAndSaysWhy()
    {
        await using var cluster = await Start();
        var exception = await Assert.ThrowsAnyAsync<Exception>(Start);

        Assert.Contains("another process", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OptionsOutOfRange_AreRefused()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => silo.AddSqliteStores(new() { Path = "x", Retention = TimeSpan.FromDays(-1) })));
        Assert.NotNull(builder.Build());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IUsageJournal Journal(InProcessTestCluster cluster) =>
        cluster.Silos[0].ServiceProvider.GetRequiredService<IUsageJournal>();

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddTallyContracts();
            silo.Services.AddKeyedSingleton(TallyTime.Key, TimeProvider.System);
            silo.AddSqliteStores(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "tally.db") });
        });
        builder.ConfigureClient(client => client.Services.AddTallyContracts());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}

/// <summary>Keeps texts.</summary>
[Alias("Tally.Tests.IKeeperGrain")]
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Keeps one more.</summary>
    [Alias("Keep")]
    Task Keep(string text);

    /// <summary>Lists what is kept.</summary>
    [Alias("Kept")]
    Task<List<string>> Kept();

    /// <summary>Registers a reminder.</summary>
    [Alias("Remind")]
    Task Remind(string name);

    /// <summary>Whether a reminder is registered.</summary>
    [Alias("IsReminded")]
    Task<bool> IsReminded(string name);
}

/// <summary>Keeps texts in the default storage, and a count in Tally's.</summary>
internal sealed class KeeperGrain(
    [PersistentState("texts")] IPersistentState<ListState> texts,
    [PersistentState("again", TallyStorage.Name)] IPersistentState<ListState> again) : Grain, IKeeperGrain, IRemindable
{
    public async Task Keep(string text)
    {
        texts.State.Items.Add(text);
        again.State.Items.Add(text);
        await Task.WhenAll(texts.WriteStateAsync(), again.WriteStateAsync());
    }

    public Task<List<string>> Kept() => Task.FromResult(
        texts.State.Items.SequenceEqual(again.State.Items, StringComparer.Ordinal) ? texts.State.Items : []);

    public Task Remind(string name) =>
        this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task<bool> IsReminded(string name) => await this.GetReminder(name) is not null;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
