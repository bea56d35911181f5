using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// What became of one usage record. An open set: a value that the service adds later arrives as it is, so compare with
/// the values known and expect others.
/// </summary>
public class UsageRecordResultStatus : ConstantClass
{
    /// <summary>
    /// The customer has no active agreement, doesn't exist, or the account is suspended; nothing was recorded.
    /// Sending the record again helps only after the customer has subscribed.
    /// </summary>
    public static readonly UsageRecordResultStatus CustomerNotSubscribed = new("CustomerNotSubscribed");

    /// <summary>
    /// The same customer, dimension and hour was recorded before with another quantity, which stays in force.
    /// </summary>
    public static readonly UsageRecordResultStatus DuplicateRecord = new("DuplicateRecord");

    /// <summary>The record was accepted, now or by an identical request before.</summary>
    public static readonly UsageRecordResultStatus Success = new("Success");

    /// <summary>Makes a status of any value; prefer the ones declared here.</summary>
    /// <param name="value">The value on the wire.</param>
    public UsageRecordResultStatus(string value)
        : base(value)
    {
    }

    /// <summary>Finds the status for a value, whatever its case, or makes a new one.</summary>
    /// <param name="value">The value on the wire.</param>
    /// <returns>The status, or null for null.</returns>
    public static UsageRecordResultStatus FindValue(string value) => FindValue<UsageRecordResultStatus>(value);

    /// <summary>Takes a value on the wire for its status.</summary>
    /// <param name="value">The value on the wire.</param>
    public static implicit operator UsageRecordResultStatus(string value) => FindValue(value);
}
