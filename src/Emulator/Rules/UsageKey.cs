namespace Tally.Emulator.Rules;

/// <summary>
/// What makes two records the same record: where it was metered, product, customer, dimension and time bucket. Every
/// seller's account has products of its own, and every region records of its own.
/// </summary>
/// <param name="AccountId">The account of the seller whose product it is.</param>
/// <param name="Region">The region that was called.</param>
/// <param name="ProductCode">The product, also when the call named only the licence.</param>
/// <param name="Customer">The way of naming the customer, and the name.</param>
/// <param name="Dimension">The dimension; case matters.</param>
/// <param name="Bucket">The start of the bucket, in whole seconds since 1970.</param>
internal readonly record struct UsageKey(
    string AccountId,
    string Region,
    string ProductCode,
    string Customer,
    string Dimension,
    long Bucket)
{
    /// <summary>Buckets tile the time line from the start of year 1, so those of an hour are UTC hours.</summary>
    public static long BucketOf(DateTimeOffset timestamp, TimeSpan period) =>
        new DateTimeOffset(timestamp.UtcTicks - (timestamp.UtcTicks % period.Ticks), TimeSpan.Zero)
            .ToUnixTimeSeconds();
}
