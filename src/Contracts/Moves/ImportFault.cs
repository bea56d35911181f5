namespace Tally.Contracts.Moves;

/// <summary>Why an export isn't taken.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Line">In which line it is, from 1; null where that means nothing.</param>
/// <param name="Message">What it is, one sentence.</param>
[GenerateSerializer, Immutable, Alias("Tally.ImportFault")]
public sealed record ImportFault(
    [property: Id(0)] ImportFaultKind Kind, [property: Id(1)] long? Line, [property: Id(2)] string Message);
