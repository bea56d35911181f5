using Microsoft.Extensions.Options;
using Tally.Domain.Tenancy;
using Tally.Domain.Time;

namespace Tally.Grains.Hosting;

/// <summary>Finds everything that is wrong with the options at once, before the silo starts.</summary>
public sealed class TallyOptionsValidator : IValidateOptions<TallyOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TallyOptions options)
    {
        var errors = new List<string>();
        if (!MeteringPeriod.IsValid(options.Period))
        {
            errors.Add($"Period {options.Period} is not whole seconds that divide an hour evenly.");
        }

        var rules = AcceptanceRules.Find(options.Rules);
        if (rules is null)
        {
            errors.Add($"Rules '{options.Rules}' is neither aws-2026 nor aws-2020.");
        }
        else if (options.DeliveryMargin < TimeSpan.Zero || options.DeliveryMargin + options.SealDelay >= rules.AgeMax)
        {
            errors.Add($"DeliveryMargin and SealDelay together must be less than {rules.AgeMax} and not negative.");
        }

        string?[] outside =
        [
            Within(nameof(options.SealDelay), options.SealDelay, TimeSpan.Zero, TimeSpan.FromHours(6)),
            Within(nameof(options.FlushInterval), options.FlushInterval, Milliseconds(100), Minutes(1)),
            Within(nameof(options.SealConcurrency), options.SealConcurrency, 1, 10_000),
            Within(nameof(options.CallsMax), options.CallsMax, 1, 1_024),
            Within(nameof(options.CallRateMost), options.CallRateMost, 1, 10_000),
            Within(nameof(options.CallRateFirst), options.CallRateFirst, 1, Math.Max(1, options.CallRateMost)),
            Within(nameof(options.UrgentWithin), options.UrgentWithin, TimeSpan.Zero, Minutes(1440)),
            Within(nameof(options.RetryAfterMost), options.RetryAfterMost, TimeSpan.Zero, Minutes(1440)),
            Within(nameof(options.RetryFirst), options.RetryFirst, Milliseconds(10), Minutes(1)),
            Within(nameof(options.RetryMost), options.RetryMost, Seconds(1), Minutes(60)),
            Within(nameof(options.ProbeInterval), options.ProbeInterval, Seconds(1), Minutes(60)),
            options.ParkedProbeInterval == TimeSpan.Zero
                ? null
                : Within(nameof(options.ParkedProbeInterval), options.ParkedProbeInterval, Seconds(1), Minutes(1440)),
            Within(nameof(options.UnsubscribeGrace), options.UnsubscribeGrace, Minutes(1), Minutes(1440)),
            Within(nameof(options.SnapshotEventsMin), options.SnapshotEventsMin, 1, 1_000_000),
            Within(nameof(options.CheckpointAge), options.CheckpointAge, Seconds(1), Minutes(1440)),
            Within(nameof(options.MaintenanceInterval), options.MaintenanceInterval, Seconds(1), Minutes(60)),
        ];
        errors.AddRange(outside.OfType<string>());
        if (options.RetryMost < options.RetryFirst)
        {
            errors.Add("RetryMost must not be less than RetryFirst.");
        }

        if (options.MasterKey is { } key && KeyDerivation.ParseMaster(key) is null)
        {
            errors.Add($"MasterKey is not at least {KeyDerivation.KeyBytes} bytes in base64.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? Within<T>(string name, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? $"{name} {value} is not between {least} and {most}."
            : null;

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);
}
