using Tally.Domain.Counting;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Counting;

/// <summary>A usage event as tests write it down.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Time">Its time.</param>
/// <param name="Micros">Its quantity in millionths.</param>
/// <param name="Ordinal">Its dimension.</param>
/// <param name="Unique">Its unique tag's value; 0 for none.</param>
internal sealed record TestEvent(int Id, DateTimeOffset Time, long Micros = 1_000_000, int Ordinal = 0, int Unique = 0)
{
    /// <summary>Its tags as they travel.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What its quantity has beyond millionths.</summary>
    public MicroFraction Fraction { get; init; }

    /// <summary>What counting sees of it; keys are spread so that their order is not the ids'.</summary>
    public EventFacts Facts => new(KeyOf(Id), Fingerprint, Ordinal, Time.UtcTicks, Micros, (UInt128)(uint)Unique)
    {
        Fraction = Fraction,
    };

    /// <summary>A number that other content makes another.</summary>
    public ulong Fingerprint =>
        unchecked((((ulong)Micros * 31) + (ulong)Ordinal) * 1_000_003) ^ (ulong)Time.UtcTicks ^ ((ulong)Unique << 50)
            ^ (ulong)Fraction.Numerator
            ^ Tags.Aggregate(0UL, (hash, character) => System.Numerics.BitOperations.RotateLeft(hash, 7) ^ character);

    /// <summary>The key of an id.</summary>
    public static UInt128 KeyOf(int id) => unchecked((UInt128)(uint)id * 0x9E3779B97F4A7C15UL * 0xC2B2AE3D27D4EB4FUL);

    /// <summary>Writes events as they travel.</summary>
    public static byte[] Block(params IEnumerable<TestEvent> events)
    {
        using var block = new MemoryStream();
        foreach (var sample in events)
        {
            var id = System.Text.Encoding.UTF8.GetBytes($"event-{sample.Id}");
            var tags = System.Text.Encoding.UTF8.GetBytes(sample.Tags);
            var flags = (byte)((sample.Unique == 0 ? 0 : UsageBlock.HasUnique)
                | (tags.Length == 0 ? 0 : UsageBlock.HasTags)
                | (sample.Fraction.IsZero ? 0 : UsageBlock.HasFraction));
            var bytes = new byte[UsageBlock.SizeOf(flags, id.Length, tags.Length)];
            Assert.Equal(bytes.Length, UsageBlock.Write(bytes, flags, sample.Facts, id, tags));
            block.Write(bytes);
        }

        return block.ToArray();
    }
}
