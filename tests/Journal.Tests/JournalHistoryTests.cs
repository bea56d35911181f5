using System.Text;
using CsCheck;

namespace Tally.Journal.Tests;

/// <summary>
/// Many customers at once do what actors do, while commits fail, rows are trimmed and the store is closed and opened
/// again; each compares what it reads with a list of its own.
/// </summary>
/// <param name="open">Opens an empty store.</param>
public abstract class JournalHistoryTests(Func<Task<IJournalFixture>> open)
{
    private enum Step
    {
        Append,
        AppendThree,
        Cover,
        CoverAll,
        Read,
    }

    [Fact]
    public async Task AnyHistory_OfCustomersAtOnce_LosesDoublesAndReordersNothing()
    {
        var step = Gen.Frequency(
            (5, Gen.Const(Step.Append)),
            (3, Gen.Const(Step.AppendThree)),
            (2, Gen.Const(Step.Cover)),
            (1, Gen.Const(Step.CoverAll)),
            (2, Gen.Const(Step.Read)));
        var customers = step.Array[0, 12].Array[1, 24];
        var phase = Gen.Select(customers, Gen.Enum<WriteFault>(), Gen.Bool, (steps, fault, reopens) =>
            new Phase(steps, fault, reopens));
        await phase.Array[1, 6].SampleAsync(
            async phases =>
            {
                await using var store = await open();
                await Replay(store, phases);
            },
            iter: 40,
            threads: 1,
            print: phases => string.Join('\n', phases.Select(each => each.ToString())));
    }

    private static async Task Replay(IJournalFixture store, Phase[] phases)
    {
        var customers = Enumerable.Range(0, 24).Select(number => new Customer($"customer {number}")).ToArray();
        foreach (var phase in phases)
        {
            store.Fail(phase.Fault);
            var work = phase.Steps.Select((steps, number) => customers[number].Run(store.Journal, steps));
            await Task.WhenAll(work.Append(Maintain(store)));
            store.Fail(WriteFault.None);
            if (phase.Reopens)
            {
                await store.Reopen();
            }
        }

        await Task.WhenAll(customers.Select(customer => customer.Check(store.Journal)));
        await store.Reopen();
        var uncovered = await store.Journal.ListUncoveredAsync(DateTimeOffset.MaxValue, 100);
        Assert.All(customers.Where(each => each.HasUncovered), each => Assert.Contains(each.Key, uncovered));
        await Task.WhenAll(customers.Select(customer => customer.Check(store.Journal)));
    }

    private static async Task Maintain(IJournalFixture store)
    {
        store.Clock.Advance(TimeSpan.FromDays(5));
        await store.Journal.ListUncoveredAsync(store.Clock.GetUtcNow(), 5);
        try
        {
            await store.Journal.TrimAsync();
        }
        catch (JournalException)
        {
            // Commits fail in this phase; the next round trims.
        }
    }

    private sealed record Phase(Step[][] Steps, WriteFault Fault, bool Reopens)
    {
        public override string ToString() =>
            $"{Fault}, reopens: {Reopens}, {string.Join("; ", Steps.Select(steps => string.Join(' ', steps)))}";
    }

    /// <summary>One customer's actor, with a list of what must be found.</summary>
    private sealed class Customer(string key)
    {
        private readonly List<(long Position, string Text)> _entries = [];
        private long _covered;
        private int _next;

        public string Key => key;

        public bool HasUncovered => _entries.Count > 0;

        public async Task Run(IUsageJournal journal, Step[] steps)
        {
            foreach (var step in steps)
            {
                await (step switch
                {
                    Step.Append => Append(journal, 1),
                    Step.AppendThree => Append(journal, 3),
                    Step.Cover => Cover(journal, _entries.Count / 2),
                    Step.CoverAll => Cover(journal, _entries.Count),
                    _ => Check(journal),
                });
            }
        }

        public async Task Check(IUsageJournal journal) => Assert.Equal(_entries, await Read(journal));

        private async Task Append(IUsageJournal journal, int count)
        {
            var texts = Enumerable.Range(0, count).Select(_ => $"{key} {_next++}").ToArray();
            var appends = Array.ConvertAll(
                texts, text => journal.AppendAsync(key, Encoding.UTF8.GetBytes(text)).AsTask());
            try
            {
                await Task.WhenAll(appends);
            }
            catch (JournalException)
            {
                await Learn(journal, texts, appends);
                return;
            }

            _entries.AddRange(appends.Select((append, index) => (append.Result, texts[index])));
        }

        /// <summary>After an append of unknown outcome: some of it may be there, in order; the rest must be.</summary>
        private async Task Learn(IUsageJournal journal, string[] texts, Task<long>[] appends)
        {
            var found = await Read(journal);
            Assert.Equal(_entries, found.Take(_entries.Count));
            var more = found.Skip(_entries.Count).ToList();
            Assert.Equal(
                texts.Where(text => more.Exists(entry => entry.Text == text)), more.Select(entry => entry.Text));
            foreach (var (append, text) in appends.Zip(texts).Where(pair => pair.First.IsCompletedSuccessfully))
            {
                Assert.Contains((append.Result, text), more);
            }

            _entries.AddRange(more);
        }

        private Task Cover(IUsageJournal journal, int count)
        {
            if (count > 0)
            {
                _covered = _entries[count - 1].Position;
                _entries.RemoveRange(0, count);
                journal.Cover(key, _covered);
            }

            return Task.CompletedTask;
        }

        private async Task<List<(long Position, string Text)>> Read(IUsageJournal journal) =>
            [.. from entry in await journal.ReadAsync(key, _covered)
                select (entry.Position, Encoding.UTF8.GetString(entry.Payload.Span))];
    }
}
