using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>A process that appends is killed, again and again: what it acknowledged must be there.</summary>
public sealed class SqliteKillTests
{
    private const int Rounds = 5;
    private const int AppendsPerRound = 5_000;

    [Fact(Timeout = 120_000)]
    public async Task Kill_WhileAppending_LosesNothingThatWasAcknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("tally-kill-").FullName;
        var acknowledged = new List<string>();
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await RunAndKill(folder, acknowledged, TestContext.Current.CancellationToken);
                await Check(folder, acknowledged);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAndKill(
        string folder,
        List<string> acknowledged,
        CancellationToken cancellationToken)
    {
        using var victim = Process.Start(Victim(folder))!;
        var enough = acknowledged.Count + AppendsPerRound;
        while (await victim.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            acknowledged.Add(line);
            if (acknowledged.Count == enough)
            {
                victim.Kill();
            }
        }

        await victim.WaitForExitAsync(cancellationToken);
        Assert.True(acknowledged.Count >= enough, "The victim ended by itself.");
    }

    private static ProcessStartInfo Victim(string folder)
    {
        var program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(SqliteKillTests).Assembly.Location]
            : [];
        return new(program, [.. own, KillVictim.Name, folder]) { RedirectStandardOutput = true };
    }

    private static async Task Check(string folder, List<string> acknowledged)
    {
        await using var database = new SqliteDatabase(
            KillVictim.OptionsOf(folder), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        var journal = new SqliteUsageJournal(database);
        foreach (var customer in acknowledged.Select(Parse).GroupBy(note => note.Customer))
        {
            var entries = await journal.ReadAsync(customer.Key, 0);
            var stored = entries.ToDictionary(entry => BitConverter.ToInt32(entry.Payload.Span));
            var first = entries.Count > 0 ? BitConverter.ToInt32(entries[0].Payload.Span) : 0;

            // At most what was covered, which is less than all but the last hundred, may have been trimmed.
            Assert.True(customer.Key.Length > 2 ? first <= customer.Max(note => note.Number) - 49 : first == 0);
            Assert.Equal(Enumerable.Range(first, entries.Count), entries.Select(
                entry => BitConverter.ToInt32(entry.Payload.Span)));
            foreach (var (_, number, position) in customer.Where(note => note.Number >= first))
            {
                Assert.Equal(position, stored[number].Position);
                Assert.Equal(KillVictim.Payload(customer.Key, number), stored[number].Payload.ToArray());
            }
        }
    }

    private static (string Customer, int Number, long Position) Parse(string line)
    {
        var words = line.Split(' ');
        return (words[0], int.Parse(words[1], CultureInfo.InvariantCulture),
            long.Parse(words[2], CultureInfo.InvariantCulture));
    }
}
