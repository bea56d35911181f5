namespace Tally.Domain.Sealing;

/// <summary>Which usage record of a customer: there is one per dimension and hour.</summary>
/// <param name="Ordinal">The dimension's ordinal.</param>
/// <param name="HourStartSeconds">The hour's start in seconds since 1970.</param>
public readonly record struct RecordKey(int Ordinal, long HourStartSeconds);
