using Tally.Domain.Time;
using Tally.Grains.Hosting;
using Tally.Settings;

namespace Tally.Silo.Metering;

/// <summary>How usage is metered and where it goes, as far as programs are told in options of their own.</summary>
/// <param name="Period">How long a metering hour is.</param>
/// <param name="SealDelay">How long an hour stays open after its end.</param>
/// <param name="UsesAws">Whether usage goes to AWS itself, with real money behind it.</param>
public sealed record MeteringSettings(TimeSpan Period, TimeSpan SealDelay, bool UsesAws)
{
    private static readonly TimeSpan FlushIntervalMax = TimeSpan.FromSeconds(5);

    /// <summary>Finds what is wrong.</summary>
    /// <returns>One sentence for each thing.</returns>
    public IEnumerable<string> Check()
    {
        if (!MeteringPeriod.IsValid(Period))
        {
            yield return $"period is {Period}; it must be whole seconds that divide an hour evenly.";
        }

        if (UsesAws && Period != TimeSpan.FromHours(1))
        {
            yield return $"period is {Period}, but AWS Marketplace meters by the hour and keeps only "
                + "the first quantity of each: against AWS the period must be 01:00:00.";
        }

        if (SealDelay < TimeSpan.Zero || SealDelay > TimeSpan.FromHours(6))
        {
            yield return $"seal-delay is {SealDelay}; it must be between 00:00:00 and 06:00:00.";
        }
    }

    /// <summary>Sets how the actors meter and deliver.</summary>
    /// <param name="tally">What to set.</param>
    /// <param name="section">What the section <c>Tally</c> says besides.</param>
    /// <returns>What is wrong with the section.</returns>
    public IReadOnlyList<string> Set(TallyOptions tally, SettingsSection section)
    {
        // A short period is watched more closely, so that a demonstration doesn't wait.
        var tenth = Period / 10;
        tally.FlushInterval = tenth < FlushIntervalMax ? tenth : FlushIntervalMax;
        var errors = section.Set(tally, ("Period", "period"), ("SealDelay", "sealDelay"));
        (tally.Period, tally.SealDelay) = (Period, SealDelay);
        return errors;
    }
}
