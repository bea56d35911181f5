using CsCheck;
using Tally.Contracts.Customers;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using Tally.Grains.Delivery;

namespace Tally.Grains.Tests.Delivery;

/// <summary>When the queue has to be listed again.</summary>
public sealed class PendingQueueTests
{
    private const long Hour = 1_795_341_600;
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(Hour + 3_700);
    private static readonly string[] Customers = ["a", "b", "c"];

    private static readonly Gen<(int What, int Customer, int Record, int Minutes)[]> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 30]).Array[1, 60];

    [Fact]
    public void HasNews_No_NothingIsDueThatWasNotListed() => Steps.Sample(steps =>
    {
        var queue = new PendingQueue(AcceptanceRules.Aws2026, TimeSpan.FromMinutes(15));
        var now = Start;
        HashSet<PendingRecord> listed = [];
        foreach (var step in steps)
        {
            now += TimeSpan.FromMinutes(step.Minutes);
            Do(queue, step, now);
            var hasNews = queue.HasNews(now);
            var due = queue.Due(now);
            Assert.True(hasNews || due.TrueForAll(listed.Contains));
            listed = [.. due];
        }
    });

    [Fact]
    public void HasNews_OnceListed_OnlyWhenSomethingChanges()
    {
        var queue = new PendingQueue(AcceptanceRules.Aws2026, TimeSpan.FromMinutes(15));
        Add(queue, "a", isRefused: false, Start);
        var due = queue.Due(Start);
        queue.Take(due[0], Start);
        queue.Remove(due[0], isDelivered: true);

        Assert.False(queue.HasNews(Start));
        queue.Postpone(due[1], Start.AddMinutes(1));
        Assert.True(queue.HasNews(Start));
        Assert.DoesNotContain(due[1], queue.Due(Start));
        Assert.False(queue.HasNews(Start));
        Assert.True(queue.HasNews(Start.AddMinutes(1)));
    }

    private static void Do(
        PendingQueue queue, (int What, int Customer, int Record, int Minutes) step, DateTimeOffset now)
    {
        var customer = Customers[step.Customer];
        var usage = Record(customer, step.Record);
        var record = new PendingRecord(customer, usage, AcceptanceRules.Aws2026.Deadline(usage.Timestamp));
        switch (step.What)
        {
            case 0 or 1:
                Add(queue, customer, step.What == 1, now);
                break;
            case 2:
                queue.Release(customer, usage, now);
                break;
            case 3:
                queue.Forget(customer, usage, now);
                break;
            case 4 or 5:
                queue.Take(record, now);
                break;
            case 6:
                queue.GiveBack(record);
                break;
            case 7:
                queue.Postpone(record, now.AddMinutes(step.Record * 10));
                break;
            case 8:
                queue.Refuse(record, now);
                break;
            default:
                queue.Remove(record, step.Minutes % 2 == 0);
                break;
        }
    }

    private static void Add(PendingQueue queue, string customer, bool isRefused, DateTimeOffset now) => queue.Add(
        customer,
        new([.. Enumerable.Range(0, 4).Select(index => Record(customer, index))], [], false, isRefused, null, null),
        now);

    private static UsageRecord Record(string customer, int ordinal) =>
        new(new(ordinal, Hour), new(customer, null, null), $"d{ordinal}", Hour + 3_599, 1);
}
