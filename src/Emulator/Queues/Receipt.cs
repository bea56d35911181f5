namespace Tally.Emulator.Queues;

/// <summary>How often a message was received, and until when it is hidden.</summary>
/// <param name="Count">How often.</param>
/// <param name="First">When for the first time.</param>
/// <param name="HiddenUntil">From this moment on it is received again.</param>
internal sealed record Receipt(int Count, DateTimeOffset First, DateTimeOffset HiddenUntil);
