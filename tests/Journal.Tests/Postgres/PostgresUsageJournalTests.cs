using System.Text;
using Npgsql;
using Tally.Journal.Postgres;
using Tally.Tests.Postgres;

namespace Tally.Journal.Tests.Postgres;

/// <summary>The contract, on PostgreSQL.</summary>
public sealed class PostgresUsageJournalTests(SharedPostgres postgres)
    : UsageJournalTests(() => PostgresJournalFixture.Open(postgres))
{
    [Fact]
    public async Task Read_WhileAnotherSiloAppends_NothingTurnsUpBelowWhatWasRead()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await using var other = store.Another();
        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var entry = 0; entry < 50; entry++)
            {
                var journal = writer % 2 == 0 ? store.Journal : other;
                await journal.AppendAsync("c", Encoding.UTF8.GetBytes($"{writer}:{entry}"));
            }
        }));
        var (after, seen, isLast) = (0L, new HashSet<string>(), false);
        while (true)
        {
            isLast |= writing.IsCompleted;
            var entries = await store.Journal.ReadAsync("c", after);
            Assert.All(entries, entry => Assert.True(seen.Add(Encoding.UTF8.GetString(entry.Payload.Span))));
            after = entries.Count > 0 ? entries[^1].Position : after;
            if (isLast && entries.Count == 0)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(16 * 50, seen.Count);
    }

    [Fact]
    public async Task Append_ServerCrashesAndReturns_NothingAcknowledgedIsLost()
    {
        await using var server = await PostgresServer.Start();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await Tally.Postgres.PostgresSchema.Migrate(database);
        await using var journal = new PostgresUsageJournal(database, new(), TimeProvider.System);
        var acknowledged = new List<long>();
        for (var entry = 0; entry < 20; entry++)
        {
            acknowledged.Add(await journal.AppendAsync("c", Encoding.UTF8.GetBytes($"{entry}")));
        }

        await server.Crash();
        await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync("c", new byte[] { 1 }));
        await Assert.ThrowsAsync<JournalException>(async () => await journal.ReadAsync("c", 0));
        await server.Resume();

        Assert.Equal(acknowledged, (await journal.ReadAsync("c", 0)).Select(entry => entry.Position));
        Assert.True(await journal.AppendAsync("c", new byte[] { 2 }) > acknowledged[^1]);
    }

    [Fact]
    public async Task Append_MoreThanMayWait_IsRefusedAtOnce()
    {
        await using var server = await PostgresServer.Start();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await Tally.Postgres.PostgresSchema.Migrate(database);
        await using var blocker = await database.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("LOCK TABLE usage_journal", blocker, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var journal = new PostgresUsageJournal(database, new() { QueueMax = 100 }, TimeProvider.System);
        var appends = Enumerable.Range(0, 100)
            .Select(entry => journal.AppendAsync("c", Encoding.UTF8.GetBytes($"{entry}")).AsTask()).ToList();
        await Assert.ThrowsAsync<JournalOverloadedException>(
            async () => await journal.AppendAsync("c", new byte[] { 1 }));
        await transaction.RollbackAsync();

        await Task.WhenAll(appends);
        Assert.Equal(100, (await journal.ReadAsync("c", 0)).Count);
    }
}

/// <summary>Histories, on PostgreSQL.</summary>
public sealed class PostgresJournalHistoryTests(SharedPostgres postgres)
    : JournalHistoryTests(() => PostgresJournalFixture.Open(postgres));
