namespace Tally.Emulator.Subscriptions;

/// <summary>An agreement is not there, or not where in its life this could happen; nothing was changed.</summary>
internal sealed class AgreementStateException(string message) : Exception(message);
