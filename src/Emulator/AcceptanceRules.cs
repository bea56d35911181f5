namespace Tally.Emulator;

/// <summary>
/// Which timestamps the service accepts and how customers are named: a named set, as AWS documented it at one time.
/// </summary>
/// <param name="Name">The name by which the command line and the options choose it.</param>
/// <param name="AgeMax">How old usage may be when it arrives; exactly this old is still accepted.</param>
/// <param name="PreviousMonthGrace">
/// How long after the start of a month (UTC) usage of the month before is accepted; null: no limit besides the age.
/// </param>
public sealed record AcceptanceRules(string Name, TimeSpan AgeMax, TimeSpan? PreviousMonthGrace)
{
    /// <summary>
    /// Whether the model has accounts and licences. Without them a record has to have a <c>CustomerIdentifier</c> and a
    /// call a <c>ProductCode</c>; an account or licence that is sent is ignored like any member that the model lacks.
    /// </summary>
    public bool HasAccounts { get; init; } = true;

    /// <summary>
    /// Whether <c>MeterUsage</c> has a <c>ClientToken</c>, since October 2025; otherwise it is ignored like any member
    /// that the model lacks.
    /// </summary>
    public bool HasClientTokens { get; init; } = true;

    /// <summary>How old usage may be when <c>MeterUsage</c> reports it; exactly this old is still accepted.</summary>
    public TimeSpan MeterUsageAgeMax { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How many allocations a record may have.</summary>
    public int AllocationsMax { get; init; } = 2500;

    /// <summary>
    /// <c>aws-2026</c>: 24 hours, and the previous month until 06:00 UTC on the 1st. Source: the service's model of
    /// July 2026 (API version 2016-01-14).
    /// </summary>
    public static AcceptanceRules Aws2026 { get; } = new("aws-2026", TimeSpan.FromHours(24), TimeSpan.FromHours(6));

    /// <summary>
    /// <c>aws-2020</c>: one hour, whatever the month; customers by identifier alone. Source: the service's model of
    /// 2020.
    /// </summary>
    public static AcceptanceRules Aws2020 { get; } = new("aws-2020", TimeSpan.FromHours(1), null)
    {
        HasAccounts = false,
        HasClientTokens = false,
        MeterUsageAgeMax = TimeSpan.FromHours(1),
        AllocationsMax = 500,
    };

    /// <summary>Every named set, the default first.</summary>
    public static IReadOnlyList<AcceptanceRules> All { get; } = [Aws2026, Aws2020];

    /// <summary>The set of that name, or null when there is none. Case matters.</summary>
    public static AcceptanceRules? Find(string name) =>
        All.FirstOrDefault(rules => string.Equals(rules.Name, name, StringComparison.Ordinal));
}
