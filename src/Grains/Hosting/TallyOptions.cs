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
    /// Which of AWS's rules say until when a record is accepted: <c>aws-2026</c> (24 hours) or <c>aws-2020</c> (one
    /// hour). The default is <c>aws-2026</c>.
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
    /// How many calls of a product are under way at once; 1 to 64. The default is 4. AWS allows 10 calls a second
    /// per account and region.
    /// </summary>
    public int SubmitConcurrency { get; set; } = 4;

    /// <summary>
    /// The bound of the first wait after a call that AWS throttled or failed; each further failure doubles it. From
    /// 10 milliseconds to one minute. The default is 1 second.
    /// </summary>
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The bound that such a wait never exceeds; from one second to one hour. The default is 2 minutes.
    /// </summary>
    public TimeSpan RetryMost { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How often a product is tried again whose configuration or credentials AWS refuses, and a record that fails
    /// for a reason that is not known; from one second to one hour. The default is one minute.
    /// </summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the records of a customer that isn't subscribed are tried again; from one second to one day. The
    /// default is 15 minutes.
    /// </summary>
    public TimeSpan ParkedProbeInterval { get; set; } = TimeSpan.FromMinutes(15);

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

    /// <summary>The metering period as a value.</summary>
    /// <returns>The period.</returns>
    internal MeteringPeriod MeteringPeriod() => new(Period);

    /// <summary>The acceptance rules as a value.</summary>
    /// <returns>The rules.</returns>
    internal AcceptanceRules FindRules() => AcceptanceRules.Find(Rules)
        ?? throw new InvalidOperationException($"There are no acceptance rules called '{Rules}'.");
}
