namespace Tally.Contracts.Moves;

/// <summary>What became of some lines of an export.</summary>
/// <param name="Next">What to send with the next lines; null with a fault.</param>
/// <param name="Fault">Why they aren't taken; null when they are.</param>
[GenerateSerializer, Immutable, Alias("Tally.ImportReply")]
public sealed record ImportReply([property: Id(0)] ImportCursor? Next, [property: Id(1)] ImportFault? Fault)
{
    /// <summary>The ids of keys that were left out: they may do nothing here, or are somebody's already.</summary>
    [Id(2)]
    public IReadOnlyList<string> KeysLeftOut { get; init; } = [];
}
