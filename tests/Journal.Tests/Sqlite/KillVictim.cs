using Microsoft.Extensions.Logging.Abstractions;
using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>
/// What the kill tests kill: customers append without end, and say what was acknowledged, a line each.
/// </summary>
internal static class KillVictim
{
    /// <summary>The argument that starts it.</summary>
    public const string Name = "append-until-killed";

    private const int Customers = 64;

    /// <summary>The store's options.</summary>
    public static SqliteStoreOptions OptionsOf(string folder) => new()
    {
        Path = Path.Combine(folder, "tally.db"),
        Partitions = 4,
        CheckpointBytes = 1_024 * 1_024,
        Retention = TimeSpan.Zero,
    };

    /// <summary>What an entry holds: something that tells a wrong one from the right one.</summary>
    public static byte[] Payload(string customer, int number)
    {
        var payload = new byte[40 + (number * 37 % 900)];
        new Random((customer.Length * 1_000_003) + number).NextBytes(payload);
        BitConverter.TryWriteBytes(payload, number);
        return payload;
    }

    /// <summary>Appends, covers and trims until killed.</summary>
    public static async Task<int> Run(string folder)
    {
        await using var database = new SqliteDatabase(
            OptionsOf(folder), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        var journal = new SqliteUsageJournal(database);
        var customers = Enumerable.Range(0, Customers).Select(customer => Append(journal, $"c{customer}"));
        await Task.WhenAll(customers.Append(Trim(journal)));
        return 0;
    }

    private static async Task Append(SqliteUsageJournal journal, string customer)
    {
        var entries = await journal.ReadAsync(customer, 0);
        var number = entries.Count == 0 ? 0 : BitConverter.ToInt32(entries[^1].Payload.Span) + 1;
        for (var covered = 0L; ; number++)
        {
            var position = await journal.AppendAsync(customer, Payload(customer, number));
            await Console.Out.WriteLineAsync($"{customer} {number} {position}");

            // The snapshot of a customer lags behind, and some never take one.
            if (number % 50 == 49 && customer.Length > 2)
            {
                journal.Cover(customer, covered);
                covered = position;
            }
        }
    }

    private static async Task Trim(SqliteUsageJournal journal)
    {
        while (true)
        {
            await journal.ListUncoveredAsync(DateTimeOffset.MaxValue, 1);
            await journal.TrimAsync();
            await Task.Yield();
        }
    }
}
