namespace Tally.Emulator.State;

/// <summary>A thing to remember under its name, or to forget.</summary>
/// <param name="Kind">What sort of thing it is; a short fixed word.</param>
/// <param name="Key">Its name among its kind.</param>
/// <param name="Json">The thing as JSON; null: it is forgotten.</param>
internal sealed record DocumentChange(string Kind, string Key, string? Json);
