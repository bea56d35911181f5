namespace Tally.Domain.Time;

/// <summary>One metering hour: the span of time whose usage becomes one record.</summary>
/// <param name="StartSeconds">Its start in seconds since 1970 (UTC).</param>
/// <param name="LengthSeconds">Its length in seconds; see <see cref="MeteringPeriod"/>.</param>
public readonly record struct MeteringHour(long StartSeconds, int LengthSeconds) : IComparable<MeteringHour>
{
    /// <summary>Its first moment.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds(StartSeconds);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeSeconds(StartSeconds + LengthSeconds);

    /// <summary>
    /// The timestamp of its records: its last whole second. Never sub-second, as an SDK that rounds would move
    /// 12:59:59.999 into the next hour.
    /// </summary>
    public DateTimeOffset RecordTime => DateTimeOffset.FromUnixTimeSeconds(StartSeconds + LengthSeconds - 1);

    /// <summary>The hour after it.</summary>
    public MeteringHour Next => this with { StartSeconds = StartSeconds + LengthSeconds };

    /// <summary>The hour before it.</summary>
    public MeteringHour Previous => this with { StartSeconds = StartSeconds - LengthSeconds };

    /// <summary>Whether it belongs to a later month (UTC) than a moment, so that they are billed apart.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>Whether the month of the moment is over when the hour begins.</returns>
    public bool IsOfLaterMonthThan(DateTimeOffset time)
    {
        var (own, other) = (Start.UtcDateTime, time.UtcDateTime);
        return (own.Year, own.Month).CompareTo((other.Year, other.Month)) > 0;
    }

    /// <summary>Compares by start.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is earlier.</returns>
    public static bool operator <(MeteringHour left, MeteringHour right) => left.StartSeconds < right.StartSeconds;

    /// <summary>Compares by start.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is later.</returns>
    public static bool operator >(MeteringHour left, MeteringHour right) => left.StartSeconds > right.StartSeconds;

    /// <summary>Compares by start.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is not later.</returns>
    public static bool operator <=(MeteringHour left, MeteringHour right) => left.StartSeconds <= right.StartSeconds;

    /// <summary>Compares by start.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is not earlier.</returns>
    public static bool operator >=(MeteringHour left, MeteringHour right) => left.StartSeconds >= right.StartSeconds;

    /// <summary>The last hour that may be sealed at a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="period">How long hours are.</param>
    /// <param name="sealDelay">How long after its end an hour stays open for stragglers; zero or more.</param>
    /// <returns>The latest hour with <c>End + sealDelay &lt;= now</c>.</returns>
    public static MeteringHour LastSealable(DateTimeOffset now, MeteringPeriod period, TimeSpan sealDelay) =>
        period.Of(now - sealDelay).Previous;

    /// <inheritdoc />
    public int CompareTo(MeteringHour other) => StartSeconds.CompareTo(other.StartSeconds);
}
