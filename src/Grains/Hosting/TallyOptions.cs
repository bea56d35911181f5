using Tally.Domain.Catalogue;
using Tally.Domain.Delivery.Throttling;
using Tally.Domain.Time;

namespace Tally.Grains.Hosting;

/// <summary>How a silo meters and delivers.</summary>
public sealed class TallyOptions
{
    /// <summary>
    /// How long a metering hour is. Whole seconds that divide an hour evenly. AWS bills by the hour, so anything
    /// shorter is for demonstrations and tests and refused against an AWS endpoint. The default is one hour. Data
    /// written with one period can't be read with another.
    /// </summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long an hour stays open after its end, for events that arrive late; from zero to six hours. Longer means
    /// that less usage is carried into the next hour, and that records leave later. The default is 5 minutes.
    /// </summary>
    public TimeSpan SealDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Which of AWS's rules say until when a record is accepted: <c>aws-2026</c> (24 hours; by MeterUsage 6) or
    /// <c>aws-2020</c> (one hour). The default is <c>aws-2026</c>.
    /// </summary>
    public string Rules { get; set; } = AcceptanceRules.Aws2026.Name;

    /// <summary>
    /// How long before its deadline a record counts as at risk and raises an alarm; usage is no longer counted into
    /// hours that are this close. From zero to less than the acceptance window. The default is 30 minutes.
    /// </summary>
    public TimeSpan DeliveryMargin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How often a product looks for hours to seal and records to send; from 100 milliseconds to one minute. The
    /// default is 5 seconds. A durable reminder does the same every minute, should the timer be lost.
    /// </summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many customers of a product are sealed at once; 1 to 10,000. The default is 256.</summary>
    public int SealConcurrency { get; set; } = 256;

    /// <summary>
    /// How many calls of an AWS account and region are under way at most, all products together; 1 to 1,024. The
    /// default is 16, which at AWS's 10 calls a second is enough for answers that take 1.6 seconds.
    /// </summary>
    public int CallsMax { get; set; } = 16;

    /// <summary>
    /// How many calls a second of an account are let out before its limit is known; from 1 to CallRateMost. From
    /// there AWS's limit is found by trying. The default is 2.
    /// </summary>
    public int CallRateFirst { get; set; } = 2;

    /// <summary>
    /// How many calls a second of an account are never exceeded; 1 to 10,000. The default is 1,000, as AWS's quota
    /// of 10 may be raised; less leaves room for other programs that use the same account.
    /// </summary>
    public int CallRateMost { get; set; } = 1_000;

    /// <summary>
    /// How near a deadline must be for its product to go before the account's others; from zero (never) to 24 hours.
    /// The default is one hour. Others keep a fifth of the calls.
    /// </summary>
    public TimeSpan UrgentWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The bound of the first wait after a call that AWS throttled or failed; each further failure doubles it. From
    /// 10 milliseconds to one minute. The default is 250 milliseconds.
    /// </summary>
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The bound that such a wait never exceeds; from one second to one hour. The default is 2 minutes.
    /// </summary>
    public TimeSpan RetryMost { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest <c>Retry-After</c> that is believed; from zero to one day. The default is 5 minutes. A longer one
    /// counts as this long, so that a mistaken answer can't make records expire.
    /// </summary>
    public TimeSpan RetryAfterMost { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often a product is tried again whose configuration or credentials AWS refuses, and a record that fails
    /// for a reason that is not known; from one second to one hour. The default is one minute.
    /// </summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often AWS is asked again, with one record, whether a customer is subscribed that it said isn't; from one
    /// second to one day, or zero for never: only a notification or a person releases the records then. The default
    /// is 15 minutes.
    /// </summary>
    public TimeSpan ParkedProbeInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long AWS takes the records of a customer whose subscription ends; from one minute to one day. They are
    /// sent ahead of everything else, and raise an alarm when they are not through in time. The default is one hour.
    /// </summary>
    public TimeSpan UnsubscribeGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// After how many counted events a customer's snapshot is written at the earliest; 1 to 1,000,000. A customer
    /// that remembers many ids waits for half as many new ones, so that the cost stays in proportion. Fewer means a
    /// shorter recovery and more writing. The default is 1,000.
    /// </summary>
    public int SnapshotEventsMin { get; set; } = 1_000;

    /// <summary>
    /// How old a journal entry may get before the customer's snapshot is written for its sake; from one second to
    /// one day. The default is 10 minutes.
    /// </summary>
    public TimeSpan CheckpointAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often the journal is looked after: old entries covered by snapshots, covered entries deleted. From one
    /// second to one hour. The default is one minute.
    /// </summary>
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What the installation's other keys are derived from, which sign tokens and notices: at least 32 bytes in base64,
    /// the same in every process, and a secret. The default is null: one is made at random and kept in the store. With
    /// another one, tokens and access keys that were handed out before no longer work.
    /// </summary>
    public string? MasterKey { get; set; }

    /// <summary>The metering period as a value.</summary>
    /// <returns>The period.</returns>
    internal MeteringPeriod MeteringPeriod() => new(Period);

    /// <summary>How the calls of an account are let out.</summary>
    /// <returns>The throttle's options; what can't be set here has its default.</returns>
    internal ThrottleOptions Throttle() => new()
    {
        Rate = new() { First = CallRateFirst, Most = CallRateMost },
        CallsMax = CallsMax,
        RetryFirst = RetryFirst,
        RetryMost = RetryMost,
        RetryAfterMost = RetryAfterMost,
        ProbeInterval = ProbeInterval,
        UrgentWithin = UrgentWithin,
    };

    /// <summary>Whether a record of a channel is ready before it is too late for it.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>Whether it is.</returns>
    internal bool CanDeliver(DeliveryChannel channel) => DeliveryMargin + SealDelay < FindRules(channel).AgeMax;

    /// <summary>The acceptance rules of a channel as a value.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>The rules.</returns>
    internal AcceptanceRules FindRules(DeliveryChannel channel) => AcceptanceRules.Find(Rules, channel)
        ?? throw new InvalidOperationException($"There are no acceptance rules called '{Rules}'.");
}
