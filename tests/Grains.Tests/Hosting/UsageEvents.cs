using Tally.Contracts.Customers;
using Tally.Domain.Counting;

namespace Tally.Grains.Tests.Hosting;

/// <summary>Makes batches of events as the front door would.</summary>
internal static class UsageEvents
{
    public static UsageBatch Batch(params UsageEvent[] events)
    {
        var buffer = new byte[events.Length * 128];
        var at = 0;
        foreach (var (id, units, time, ordinal) in events)
        {
            var facts = new EventFacts(
                (UInt128)id + 1, (ulong)(units * 31) + (ulong)ordinal, ordinal, time.UtcTicks, units * 1_000_000L, 0);
            at += UsageBlock.Write(buffer.AsSpan(at), 0, facts, BitConverter.GetBytes(id), default);
        }

        return new(0, events.Length, buffer.AsMemory(0, at));
    }
}

/// <summary>An event for a test.</summary>
internal sealed record UsageEvent(long Id, int Units, DateTimeOffset Time, int Ordinal = 0);
