using Tally.Domain.Counting;

namespace Tally.Api.Dispatch;

/// <summary>A checked event, about to be written into its customer's batch.</summary>
internal readonly ref struct UsageEvent
{
    /// <summary>Its flags; see <see cref="UsageBlock"/>.</summary>
    public required byte Flags { get; init; }

    /// <summary>The version of the definition that it was checked against.</summary>
    public required int CatalogueVersion { get; init; }

    /// <summary>What counts.</summary>
    public required EventFacts Facts { get; init; }

    /// <summary>Its id in UTF-8.</summary>
    public required ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Its tags as <see cref="UsageBlock"/> has them; empty without tags.</summary>
    public required ReadOnlySpan<byte> Tags { get; init; }

    /// <summary>How many bytes it takes.</summary>
    public int Size => UsageBlock.SizeOf(Flags, Id.Length, Tags.Length);

    /// <summary>Writes it.</summary>
    /// <param name="target">Room of at least <see cref="Size"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public int Write(Span<byte> target) => UsageBlock.Write(target, Flags, Facts, Id, Tags);
}
