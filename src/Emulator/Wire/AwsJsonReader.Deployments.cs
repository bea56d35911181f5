using System.Text.Json;

namespace Tally.Emulator.Wire;

// The operations that software calls in its buyer's account.
internal static partial class AwsJsonReader
{
    /// <exception cref="AwsJsonException">A member has another type than the model says.</exception>
    public static MeterUsageRequest MeterUsage(JsonElement body) => new()
    {
        ProductCode = Text(body, "ProductCode"),
        Timestamp = Timestamp(body, "Timestamp"),
        UsageDimension = Text(body, "UsageDimension"),
        UsageQuantity = Integer(body, "UsageQuantity"),
        DryRun = Flag(body, "DryRun"),
        UsageAllocations = Items(body, "UsageAllocations", Allocation),
        ClientToken = Text(body, "ClientToken"),
    };

    /// <exception cref="AwsJsonException">A member has another type than the model says.</exception>
    public static RegisterUsageRequest RegisterUsage(JsonElement body) =>
        new(Text(body, "ProductCode"), Integer(body, "PublicKeyVersion"), Text(body, "Nonce"));
}
