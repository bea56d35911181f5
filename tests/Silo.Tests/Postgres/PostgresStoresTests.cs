using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Journal;
using Tally.Postgres;
using Tally.Silo.Postgres;
using Tally.Silo.Tests.Sqlite;
using Tally.Tests.Postgres;

namespace Tally.Silo.Tests.Postgres;

public sealed class PostgresStoresTests(SharedPostgres postgres)
{
    private static readonly LedgerLine Line = new(
        new(new("acme", "p"), "c"),
        new(new(0, 3_600), new("c", null, null), "d", 7_199, 7),
        LedgerKind.Sealed,
        "sealed",
        DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Start_SilosAtOnceOnAnEmptyDatabase_ShareOneSchemaAndAllStores()
    {
        var database = await postgres.NewEmptyDatabase();
        var silos = await Task.WhenAll(Start(database), Start(database), Start(database));
        await Grains(silos[0]).GetGrain<IKeeperGrain>("k").Keep("one");
        var position = await Journal(silos[0]).AppendAsync("c", new byte[] { 1 });
        await Ledger(silos[0]).AppendAsync([Line]);

        foreach (var silo in silos)
        {
            Assert.Equal(["one"], await Grains(silo).GetGrain<IKeeperGrain>("k").Kept());
            Assert.Equal(position, Assert.Single(await Journal(silo).ReadAsync("c", 0)).Position);
            Assert.Equal(Line, Assert.Single(await Ledger(silo).QueryAsync(new(new("acme", "p")), 0, 10)).Line);
        }

        foreach (var silo in silos)
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }

    [Fact]
    public async Task Start_SchemaNotThereAndNotToBeMade_FailsAndSaysWhatToDo()
    {
        var database = await postgres.NewEmptyDatabase();
        var exception = await Assert.ThrowsAsync<PostgresSchemaException>(() => Start(database, migrate: false));

        Assert.Contains("migrate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OptionsOutOfRange_AreRefused()
    {
        PostgresStoreOptions[] wrong =
        [
            new(),
            new() { ConnectionString = "Host=db", ClusterId = "" },
            new() { ConnectionString = "Host=db", Journal = new() { QueueMax = 1 } },
        ];
        foreach (var options in wrong)
        {
            Host.CreateApplicationBuilder().UseOrleans(silo =>
                Assert.Throws<ValidationException>(() => silo.AddPostgresStores(options)));
        }
    }

    private static Task<IHost> Start(string database, bool migrate = true) => PostgresSilo.Start(silo =>
        silo.AddPostgresStores(new() { ConnectionString = database, Migrate = migrate }));

    private static IGrainFactory Grains(IHost silo) => silo.Services.GetRequiredService<IGrainFactory>();

    private static IUsageJournal Journal(IHost silo) => silo.Services.GetRequiredService<IUsageJournal>();

    private static IRecordLedger Ledger(IHost silo) => silo.Services.GetRequiredService<IRecordLedger>();
}
