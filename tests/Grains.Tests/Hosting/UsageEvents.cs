using Tally.Contracts.Customers;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;

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
            var flags = (byte)((tags.Length == 0 ? 0 : UsageBlock.HasTags)
                | (one.Fraction.IsZero ? 0 : UsageBlock.HasFraction));
            var micros = (units * 1_000_000L) + one.Micros;
            var facts = new EventFacts(
                (UInt128)id + 1, (ulong)(units * 31) + (ulong)ordinal, ordinal, time.UtcTicks, micros, 0)
            {
                Fraction = one.Fraction,
            };
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

    /// <summary>Its quantity beyond whole units, in millionths.</summary>
    public long Micros { get; init; }

    /// <summary>Its quantity beyond that.</summary>
    public MicroFraction Fraction { get; init; }
}
