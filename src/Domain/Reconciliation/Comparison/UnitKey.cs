using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>
/// What is compared as one: for AWS one record, or where the evidence is coarser, all records of a day, of an
/// account's licences, or of all customers.
/// </summary>
/// <param name="StartSeconds">The start of the hour or day, in seconds since 1970.</param>
/// <param name="Dimension">The dimension, as AWS has it.</param>
/// <param name="Identity">The buyer; nothing in it where customers aren't told apart.</param>
internal readonly record struct UnitKey(long StartSeconds, string Dimension, CustomerIdentity Identity)
{
    /// <summary>Orders by hour, dimension and buyer.</summary>
    public static Comparer<UnitKey> Order { get; } = Comparer<UnitKey>.Create(Compare);

    private static int Compare(UnitKey left, UnitKey right)
    {
        var (one, other) = (left.Identity, right.Identity);
        return (left.StartSeconds.CompareTo(right.StartSeconds),
            string.CompareOrdinal(left.Dimension, right.Dimension),
            string.CompareOrdinal(one.CustomerIdentifier, other.CustomerIdentifier),
            string.CompareOrdinal(one.AwsAccountId, other.AwsAccountId)) switch
        {
            (not 0 and var byTime, _, _, _) => byTime,
            (_, not 0 and var byDimension, _, _) => byDimension,
            (_, _, not 0 and var byIdentifier, _) => byIdentifier,
            (_, _, _, not 0 and var byAccount) => byAccount,
            _ => string.CompareOrdinal(one.LicenseArn, other.LicenseArn),
        };
    }
}
