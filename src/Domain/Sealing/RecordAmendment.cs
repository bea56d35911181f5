namespace Tally.Domain.Sealing;

/// <summary>What somebody wants done with a record that AWS didn't take.</summary>
/// <param name="Key">Which record. It stays the record's key, whatever is corrected.</param>
/// <param name="Act">What is to be done.</param>
/// <param name="By">Who wants it, for people.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Correction">What to correct; null unless it is <see cref="RecordAct.Correct"/>.</param>
public sealed record RecordAmendment(
    RecordKey Key,
    RecordAct Act,
    string By,
    string Reason,
    RecordCorrection? Correction);
