using System.Text;
using Npgsql;
using Tally.Journal.Postgres;
using Tally.Tests.Postgres;

namespace Tally.Journal.Tests.Postgres;

/// <summary>Two silos on one database, each with what it remembers.</summary>
public sealed class TwoSilosTests(SharedPostgres postgres)
{
    [Fact]
    public Task AnyHistory_OfTwoSilos_EachReadsWhatBothAppended() => SilosHistory.Check(
        async () => await PostgresJournalFixture.Open(postgres), store => ((PostgresJournalFixture)store).Another());

    [Fact]
    public async Task Append_FromTwoSilosAtOnce_EachReaderSeesEverythingInOneOrder()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        PostgresUsageJournal[] silos = [store.Another(), store.Another()];
        var done = 0;
        var writing = Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var entry = 0; entry < 60; entry++)
            {
                await silos[writer % 2].AppendAsync($"c{writer % 4}", Encoding.UTF8.GetBytes($"{writer}:{entry}"));
            }

            Interlocked.Increment(ref done);
        }).ToArray();
        var reading = Enumerable.Range(0, 8).Select(async reader =>
        {
            var seen = new List<JournalEntry>();
            for (var isLast = false; !isLast;)
            {
                isLast = Volatile.Read(ref done) == writing.Length;
                seen.AddRange(await silos[reader / 4].ReadAsync(
                    $"c{reader % 4}", seen.Count > 0 ? seen[^1].Position : 0));
            }

            return seen;
        }).ToArray();
        await Task.WhenAll(writing);
        var read = await Task.WhenAll(reading);

        Assert.All(read, entries => Assert.Equal(120, entries.Count));
        for (var customer = 0; customer < 4; customer++)
        {
            Assert.Equal(
                read[customer].Select(entry => entry.Position), read[customer + 4].Select(entry => entry.Position));
        }

        await silos[0].DisposeAsync();
        await silos[1].DisposeAsync();
    }

    [Fact]
    public async Task Read_WhileACommitIsUnderWay_WaitsForItsLowerNumber()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await using var committing = await store.Database.OpenConnectionAsync();
        await using var transaction = await committing.BeginTransactionAsync();
        await using var other = store.Another();
        var first = await other.AppendAsync("c", new byte[] { 1 });

        // What another silo does, slowly.
        await using var insert = new NpgsqlCommand(
            """
            SELECT pg_advisory_xact_lock_shared(21578, partition) FROM usage_journal;
            INSERT INTO usage_journal (partition, kind, written_at, checksum, payload)
            SELECT partition, kind, written_at, checksum, payload FROM usage_journal
            """,
            committing,
            transaction);
        await insert.ExecuteNonQueryAsync();
        var last = await other.AppendAsync("c", new byte[] { 3 });
        var read = store.Journal.ReadAsync("c", 0).AsTask();
        while (!read.IsCompleted && !await IsAnybodyWaiting(store.Database))
        {
            await Task.Yield();
        }

        Assert.False(read.IsCompleted);
        await transaction.CommitAsync();
        var entries = await read;
        Assert.Equal(3, entries.Count);
        Assert.Equal((first, last), (entries[0].Position, entries[2].Position));
    }

    [Fact]
    public async Task Append_ServerKilledAmidCommits_BothSilosReadWhatWasAcknowledged()
    {
        await using var server = await PostgresServer.Start();
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await Tally.Postgres.PostgresSchema.Migrate(database);
        await using var one = new PostgresUsageJournal(database, new(), TimeProvider.System);
        await using var two = new PostgresUsageJournal(database, new(), TimeProvider.System);
        var (acknowledged, attempted) = (new List<string>(), new HashSet<string>());
        for (var round = 0; round < 3; round++)
        {
            var enough = new TaskCompletionSource();
            var writing = Enumerable.Range(0, 16).Select(writer => Append(
                writer % 2 == 0 ? one : two, $"c{writer % 5}", $"{round}:{writer}:"));
            var all = Task.WhenAll(writing.ToArray());
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await server.Crash();
            await all;
            await server.Resume();

            async Task Append(PostgresUsageJournal journal, string customer, string name)
            {
                try
                {
                    for (var entry = 0; ; entry++)
                    {
                        var text = $"{customer} {name}{entry}";
                        Add(attempted, text);
                        await journal.AppendAsync(customer, Encoding.UTF8.GetBytes(text));
                        if (Add(acknowledged, text) % 200 == 0)
                        {
                            enough.TrySetResult();
                        }
                    }
                }
                catch (JournalException)
                {
                    // The server is gone.
                }
            }
        }

        foreach (var journal in new[] { one, two })
        {
            var found = new List<string>();
            for (var customer = 0; customer < 5; customer++)
            {
                found.AddRange((await ReadWhenPossible(journal, $"c{customer}"))
                    .Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
            }

            Assert.Empty(acknowledged.Except(found));
            Assert.Empty(found.Except(attempted));
            Assert.Equal(found.Distinct().Count(), found.Count);
        }

        static int Add(ICollection<string> to, string text)
        {
            lock (to)
            {
                to.Add(text);
                return to.Count;
            }
        }
    }

    private static async Task<bool> IsAnybodyWaiting(NpgsqlDataSource database)
    {
        await using var waiting = database.CreateCommand(
            """
            SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
            WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted)
            """);
        return (bool)(await waiting.ExecuteScalarAsync())!;
    }

    /// <summary>Connections of before the crash are found broken when they are used.</summary>
    private static async Task<IReadOnlyList<JournalEntry>> ReadWhenPossible(IUsageJournal journal, string customer)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await journal.ReadAsync(customer, 0);
            }
            catch (JournalException) when (attempt < 20)
            {
                await Task.Yield();
            }
        }
    }
}
