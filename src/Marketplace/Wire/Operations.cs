using Amazon.AWSMarketplaceMetering.Model;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>The operations of the service model 2016-01-14.</summary>
internal static class Operations
{
    public static readonly Operation<BatchMeterUsageRequest, BatchMeterUsageResponse> BatchMeterUsage =
        new("BatchMeterUsage", Shapes.BatchMeterUsageRequest, Shapes.BatchMeterUsageResponse);

    public static readonly Operation<MeterUsageRequest, MeterUsageResponse> MeterUsage =
        new("MeterUsage", Shapes.MeterUsageRequest, Shapes.MeterUsageResponse);

    public static readonly Operation<RegisterUsageRequest, RegisterUsageResponse> RegisterUsage =
        new("RegisterUsage", Shapes.RegisterUsageRequest, Shapes.RegisterUsageResponse);

    public static readonly Operation<ResolveCustomerRequest, ResolveCustomerResponse> ResolveCustomer =
        new("ResolveCustomer", Shapes.ResolveCustomerRequest, Shapes.ResolveCustomerResponse);
}
