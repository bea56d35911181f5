namespace Tally.Domain.Entitlement;

/// <summary>What an answer says about whether the buyer may use the product.</summary>
public enum EntitlementVerdict
{
    /// <summary>Nothing: AWS could not be asked, or it was asked wrongly. To be asked again.</summary>
    Unknown = 0,

    /// <summary>The buyer may.</summary>
    Entitled = 1,

    /// <summary>The buyer may not, or the product may not be used here.</summary>
    NotEntitled = 2,
}
