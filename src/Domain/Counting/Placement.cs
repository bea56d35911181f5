using Tally.Domain.Time;

namespace Tally.Domain.Counting;

/// <summary>Into which metering hour an event goes, or why into none.</summary>
/// <param name="Status"><see cref="CountStatus.Counted"/> when there is an hour.</param>
/// <param name="Hour">The hour; meaningless on a refusal.</param>
public readonly record struct Placement(CountStatus Status, MeteringHour Hour);
