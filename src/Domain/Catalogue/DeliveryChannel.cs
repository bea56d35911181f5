namespace Tally.Domain.Catalogue;

/// <summary>By which operation AWS is told of a product's usage. Fixed once the product exists.</summary>
public enum DeliveryChannel
{
    /// <summary>
    /// BatchMeterUsage, from the seller's account, for many customers: SaaS products. The default.
    /// </summary>
    BatchMeterUsage = 0,

    /// <summary>
    /// MeterUsage, from inside the buyer's account, for that buyer: container and AMI products. The product has one
    /// customer, <see cref="ProductDefinition.OwnCustomer"/>.
    /// </summary>
    MeterUsage = 1,
}
