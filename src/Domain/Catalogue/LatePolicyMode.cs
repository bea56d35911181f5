namespace Tally.Domain.Catalogue;

/// <summary>What happens to usage whose metering hour is closed.</summary>
public enum LatePolicyMode
{
    /// <summary>It is counted in the customer's next open hour. The default.</summary>
    CarryForward = 0,

    /// <summary>It is refused with a reason.</summary>
    Refuse = 1,
}
