using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Allocations;

namespace Tally.Grains.Delivery;

/// <summary>Says to AWS how a record's quantity divides over tag sets.</summary>
internal static class AwsAllocations
{
    /// <summary>Says it as it is stored, so that a retry says the same.</summary>
    /// <param name="allocations">The allocations; null when there are none.</param>
    /// <returns>The same in AWS's words. Never an empty list, which AWS refuses.</returns>
    public static List<UsageAllocation>? Of(RecordAllocations? allocations) => allocations is null
        ? null
        : [.. allocations.Parts.Select(part => new UsageAllocation
        {
            AllocatedUsageQuantity = part.Quantity,
            Tags = part.Tags == TagSet.Untagged
                ? null
                : [.. part.Tags.Tags().Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        })];
}
