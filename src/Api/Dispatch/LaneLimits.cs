namespace Tally.Api.Dispatch;

/// <summary>How large batches and shards get.</summary>
/// <param name="EventsMax">The most events of a batch, above zero.</param>
/// <param name="SizeMax">The most bytes of a batch, unless a single event is larger.</param>
/// <param name="IdleLanesMax">How many idle lanes a shard remembers.</param>
internal sealed record LaneLimits(int EventsMax, int SizeMax, int IdleLanesMax);
