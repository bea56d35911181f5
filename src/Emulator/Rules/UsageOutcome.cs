namespace Tally.Emulator.Rules;

/// <summary>What AWS answers for one record. The names are those on the wire.</summary>
internal static class UsageOutcome
{
    public const string Success = "Success";
    public const string CustomerNotSubscribed = "CustomerNotSubscribed";
    public const string DuplicateRecord = "DuplicateRecord";

    /// <summary>
    /// The first quantity of a key stays. The same quantity again is the same record, another one is refused; what is
    /// stored never changes and quantities are never added up.
    /// </summary>
    public static string Of(MeteredRecord sent, MeteredRecord stored, OpenPoints openPoints) =>
        sent.Quantity == stored.Quantity
        && (!openPoints.ComparesAllocations || Allocations.AreSame(sent.UsageAllocations, stored.UsageAllocations))
            ? Success
            : DuplicateRecord;
}
