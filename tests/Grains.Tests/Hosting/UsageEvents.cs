using Tally.Contracts.Customers;
using Tally.Domain.Counting;

namespace Tally.Grains.Tests.Hosting;

/// <summary>Makes batches of events as the front door would.</summary>
internal static class UsageEvents
{
    public static UsageBatch Batch(params UsageEvent[] events)
    {
        var buffer = new byte[events.Sum(one => 128 + one.Tags.Length * 3)];
        var at = 0;
        foreach (var one in events)
        {
            var (id, units, time, ordinal) = one;
            var tags = System.Text.Encoding.UTF8.GetBytes(one.Tags);
            var flags = tags.Length == 0 ? (byte)0 : UsageBlock.HasTags;
            var facts = new EventFacts(
                (UInt128)id + 1, (ulong)(units * 31) + (ulong)ordinal, ordinal, time.UtcTicks, units * 1_000_000L, 0);
            at += UsageBlock.Write(buffer.AsSpan(at), flags, facts, BitConverter.GetBytes(id), tags);
        }

        return new(0, events.Length, buffer.AsMemory(0, at));
    }
}

/// <summary>An event for a test.</summary>
internal sealed record UsageEvent(long Id, int Units, DateTimeOffset Time, int Ordinal = 0)
{
    /// <summary>Its tags as they travel.</summary>
    public string Tags { get; init; } = "";
}
