using Tally.Client.Tracking;

namespace Tally.Client.Sending;

/// <summary>Events that go in one request.</summary>
/// <param name="Events">The events.</param>
internal sealed record BatchPart(IReadOnlyList<Tracked> Events)
{
    /// <summary>How often they were sent, and nobody knows what became of them.</summary>
    public int Failures { get; private init; }

    /// <summary>Why that was so the last time; null when they were never sent.</summary>
    public PostOutcome.Again? Failure { get; private init; }

    /// <summary>Sent once more, and nobody knows what became of them.</summary>
    /// <param name="again">Why.</param>
    /// <returns>The same events.</returns>
    public BatchPart Failed(PostOutcome.Again again) => this with { Failures = Failures + 1, Failure = again };

    /// <summary>Divides events that can't go together.</summary>
    /// <param name="outcome">Why they can't.</param>
    /// <returns>Parts with each event once; none when they can, or when there is nothing to divide.</returns>
    public IReadOnlyList<BatchPart> After(PostOutcome outcome)
    {
        IReadOnlyList<BatchPart> parts = outcome switch
        {
            PostOutcome.TooLarge => Halves(),
            PostOutcome.OfOneProduct => ByProduct(),
            _ => [],
        };
        return parts.Count > 1 ? parts : [];
    }

    private IReadOnlyList<BatchPart> Halves() => Events.Count < 2
        ? []
        : [new([.. Events.Take(Events.Count / 2)]), new([.. Events.Skip(Events.Count / 2)])];

    private IReadOnlyList<BatchPart> ByProduct() =>
        [.. Events.GroupBy(tracked => tracked.Usage.Product).Select(part => new BatchPart([.. part]))];
}
