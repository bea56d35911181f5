using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>
/// What makes two records the same record: product, customer, dimension and time bucket. A buyer named by account and
/// licence is another customer than one named by identifier, since AWS doesn't say that they are the same.
/// </summary>
/// <param name="ProductCode">The product, also when the call named only the licence.</param>
/// <param name="Customer">The way of naming the customer, and the name.</param>
/// <param name="Dimension">The dimension; case matters.</param>
/// <param name="Bucket">The start of the bucket, in whole seconds since 1970.</param>
internal readonly record struct UsageKey(string ProductCode, string Customer, string Dimension, long Bucket)
{
    public static UsageKey Of(string productCode, UsageRecord record, DateTimeOffset timestamp, TimeSpan period) => new(
        productCode,
        record.CustomerIdentifier is { } identifier
            ? $"id:{identifier}"
            : $"account:{record.CustomerAWSAccountId}:{record.LicenseArn}",
        record.Dimension ?? string.Empty,
        BucketOf(timestamp, period));

    /// <summary>Buckets tile the time line from the start of year 1, so those of an hour are UTC hours.</summary>
    public static long BucketOf(DateTimeOffset timestamp, TimeSpan period) =>
        new DateTimeOffset(timestamp.UtcTicks - (timestamp.UtcTicks % period.Ticks), TimeSpan.Zero)
            .ToUnixTimeSeconds();
}
