namespace Tally.Contracts.Moves;

/// <summary>Whether an import may begin.</summary>
/// <param name="Session">By what it is told from others; null when there is nothing to do, or with a fault.</param>
/// <param name="Fault">Why it may not; null when it may, or when it was completed before.</param>
[GenerateSerializer, Immutable, Alias("Tally.ImportStart")]
public sealed record ImportStart([property: Id(0)] string? Session, [property: Id(1)] ImportFault? Fault);
