namespace Tally.Domain.Time;

/// <summary>
/// How long a metering hour is. One hour for AWS, always; shorter for demonstrations and tests.
/// </summary>
public readonly record struct MeteringPeriod
{
    /// <summary>Makes a period.</summary>
    /// <param name="length">Whole seconds, from one second to one hour, dividing an hour without remainder.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is none of these.</exception>
    public MeteringPeriod(TimeSpan length)
    {
        if (!IsValid(length))
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, "A metering period is whole seconds that divide an hour evenly.");
        }

        LengthSeconds = (int)length.TotalSeconds;
    }

    /// <summary>The hour that AWS meters by.</summary>
    public static MeteringPeriod Hour => new(TimeSpan.FromHours(1));

    /// <summary>The length in seconds, 1 to 3,600.</summary>
    public int LengthSeconds { get; }

    /// <summary>The length.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(LengthSeconds);

    /// <summary>Whether a length can be a metering period.</summary>
    /// <param name="length">The length to judge.</param>
    /// <returns>Whether it is whole seconds, at most an hour, dividing an hour evenly.</returns>
    public static bool IsValid(TimeSpan length) =>
        length >= TimeSpan.FromSeconds(1)
        && length <= TimeSpan.FromHours(1)
        && length.Ticks % TimeSpan.TicksPerSecond == 0
        && TimeSpan.TicksPerHour % length.Ticks == 0;

    /// <summary>The metering hour that a moment belongs to.</summary>
    /// <param name="time">The moment, after the year 1970.</param>
    /// <returns>The hour that contains it.</returns>
    public MeteringHour Of(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new(seconds - (seconds % LengthSeconds), LengthSeconds);
    }

    /// <summary>The metering hour with a known start.</summary>
    /// <param name="startSeconds">Its start in seconds since 1970, a multiple of the length.</param>
    /// <returns>The hour.</returns>
    public MeteringHour Starting(long startSeconds) => new(startSeconds, LengthSeconds);
}
