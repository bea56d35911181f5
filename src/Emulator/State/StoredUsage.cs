using Tally.Emulator.Rules;

namespace Tally.Emulator.State;

/// <summary>A record and the key under which it is the only one.</summary>
internal readonly record struct StoredUsage(UsageKey Key, MeteredRecord Record);
