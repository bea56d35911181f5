using Tally.Domain.Catalogue;

namespace Tally.Domain.Time;

/// <summary>
/// Until when AWS accepts a record. Named data, because AWS has changed it before.
/// </summary>
/// <param name="Name">The rule set's name, as options spell it.</param>
/// <param name="AgeMax">How old a record's timestamp may be.</param>
/// <param name="MonthEndGrace">
/// How long into a new month (UTC) records of the month before are accepted; null for no such limit.
/// </param>
public sealed record AcceptanceRules(string Name, TimeSpan AgeMax, TimeSpan? MonthEndGrace)
{
    /// <summary>
    /// BatchMeterUsage since July 2026: 24 hours, and the previous month until 06:00 UTC on the 1st. Source: the
    /// service model, BatchMeterUsage and TimestampOutOfBoundsException.
    /// </summary>
    public static AcceptanceRules Aws2026 { get; } = new("aws-2026", TimeSpan.FromHours(24), TimeSpan.FromHours(6));

    /// <summary>BatchMeterUsage in the 2020 model: one hour.</summary>
    public static AcceptanceRules Aws2020 { get; } = new("aws-2020", TimeSpan.FromHours(1), null);

    /// <summary>
    /// MeterUsage since 2022: six hours. No limit at the end of a month is documented. Source: the service model,
    /// MeterUsage.
    /// </summary>
    public static AcceptanceRules Aws2026MeterUsage { get; } = new("aws-2026", TimeSpan.FromHours(6), null);

    /// <summary>Finds what a rule set says of a channel.</summary>
    /// <param name="name">The rule set, for example <c>aws-2026</c>.</param>
    /// <param name="channel">The channel. In 2020 all of them had the same hour.</param>
    /// <returns>The rules, or null when there is no rule set of that name.</returns>
    public static AcceptanceRules? Find(string name, DeliveryChannel channel = DeliveryChannel.BatchMeterUsage) =>
        (name, channel) switch
        {
            ("aws-2026", DeliveryChannel.MeterUsage) => Aws2026MeterUsage,
            ("aws-2026", _) => Aws2026,
            ("aws-2020", _) => Aws2020,
            _ => null,
        };

    /// <summary>The moment from which a record is no longer accepted.</summary>
    /// <param name="recordTime">The record's timestamp.</param>
    /// <returns>The earlier of both limits.</returns>
    public DateTimeOffset Deadline(DateTimeOffset recordTime)
    {
        var byAge = recordTime + AgeMax;
        if (MonthEndGrace is not { } grace)
        {
            return byAge;
        }

        var utc = recordTime.UtcDateTime;
        var monthEnd = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        var byMonth = monthEnd + grace;
        return byMonth < byAge ? byMonth : byAge;
    }

    /// <summary>The first metering hour whose records can still be delivered.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="period">How long hours are.</param>
    /// <param name="margin">How long before its deadline a record should be on its way; zero or more.</param>
    /// <returns>The earliest hour with <c>Deadline(RecordTime) &gt; now + margin</c>.</returns>
    public MeteringHour FirstDeliverable(DateTimeOffset now, MeteringPeriod period, TimeSpan margin)
    {
        var moment = now + margin;
        var oldest = moment - AgeMax;
        var byAge = period.Of(oldest);
        byAge = byAge.RecordTime > oldest ? byAge : byAge.Next;
        if (MonthEndGrace is not { } grace)
        {
            return byAge;
        }

        var month = (moment - grace).UtcDateTime;
        var byMonth = period.Of(new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero));
        return byMonth > byAge ? byMonth : byAge;
    }
}
