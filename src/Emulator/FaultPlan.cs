using System.Text.Json.Serialization;

namespace Tally.Emulator;

/// <summary>
/// What goes wrong on purpose. Rates are from 0 (never) to 1 (always). The same plan makes the same calls fail, counted
/// from the moment it is set: a decision depends on the seed, the number of the call and what is decided alone. Only
/// the quotas go by the clock of the surrounding program.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>The longest delay that a plan may ask for, in milliseconds.</summary>
    internal const int DelayMsMax = 600_000;

    /// <summary>
    /// How many calls a second every account may make in every region, whatever the operations; those beyond get
    /// <c>ThrottlingException</c>. One second's worth, at least one call, may come at once. 0 to 1000000; default: 0,
    /// any number.
    /// </summary>
    public double CallsPerSecond { get; init; }

    /// <summary>
    /// The same for single operations; a call counts in both. Default: null, none. <see cref="CallQuotas.Aws"/> is what
    /// AWS documents.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CallQuotas? Quotas { get; init; }

    /// <summary>The share of calls refused with <c>ThrottlingException</c>; nothing of them is stored.</summary>
    public double ThrottleRate { get; init; }

    /// <summary>The share of calls that end in <c>InternalServiceErrorException</c>; nothing is stored.</summary>
    public double ErrorRate { get; init; }

    /// <summary>The share of calls whose connection is cut before anything is stored.</summary>
    public double DropRate { get; init; }

    /// <summary>The share of calls that are carried out, and whose connection is then cut without an answer.</summary>
    public double LoseAnswerRate { get; init; }

    /// <summary>
    /// The share of calls that are carried out and then not answered until the client gives up; after
    /// <see cref="TimeoutMs"/> the connection is cut.
    /// </summary>
    public double TimeoutRate { get; init; }

    /// <summary>How long a client is kept waiting at most: 1 to 600000 milliseconds. Default: null, 120000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TimeoutMs { get; init; }

    internal TimeSpan Timeout => TimeSpan.FromMilliseconds(TimeoutMs ?? 120_000);

    /// <summary>The share of records left in <c>UnprocessedRecords</c>, not stored.</summary>
    public double UnprocessedRate { get; init; }

    /// <summary>How long every call waits before it is looked at: 0 to 600000 milliseconds.</summary>
    public int LatencyMs { get; init; }

    /// <summary>How much longer a call waits at most, evenly spread: 0 to 600000 milliseconds.</summary>
    public int LatencyJitterMs { get; init; }

    /// <summary>
    /// The operations that are answered with <c>DisabledApiException</c>, or with <c>AccessDeniedException</c> where
    /// AWS's model has no such error: <c>MeterUsage</c>. Default: null, none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DisabledOperations? Disabled { get; init; }

    /// <summary>
    /// The seconds in the header <c>Retry-After</c> of throttled answers: 0 to 86400. Default: null, no such header, as
    /// AWS has it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How many calls go unharmed before the plan begins. Default: 0.</summary>
    public long After { get; init; }

    /// <summary>For how many calls the plan then lasts; the later ones go unharmed. Default: null, all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Calls { get; init; }

    /// <summary>Where the sequence of chances starts; any number.</summary>
    public long Seed { get; init; }

    /// <summary>Every mistake in this plan, each as a sentence.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        CheckRange(mistakes, "callsPerSecond", CallsPerSecond, (0, CallQuotas.PerSecondMax));
        CheckRange(mistakes, "throttleRate", ThrottleRate, (0, 1));
        CheckRange(mistakes, "errorRate", ErrorRate, (0, 1));
        CheckRange(mistakes, "dropRate", DropRate, (0, 1));
        CheckRange(mistakes, "loseAnswerRate", LoseAnswerRate, (0, 1));
        CheckRange(mistakes, "timeoutRate", TimeoutRate, (0, 1));
        CheckRange(mistakes, "timeoutMs", TimeoutMs ?? 1, (1, DelayMsMax));
        CheckRange(mistakes, "unprocessedRate", UnprocessedRate, (0, 1));
        CheckRange(mistakes, "latencyMs", LatencyMs, (0, DelayMsMax));
        CheckRange(mistakes, "latencyJitterMs", LatencyJitterMs, (0, DelayMsMax));
        CheckRange(mistakes, "retryAfterSeconds", RetryAfterSeconds ?? 0, (0, 86_400));
        CheckRange(mistakes, "after", After, (0, long.MaxValue));
        CheckRange(mistakes, "calls", Calls ?? 0, (0, long.MaxValue));
        foreach (var (operation, perSecond) in Quotas?.PerSecond ?? new Dictionary<string, double>())
        {
            CheckName(mistakes, "quotas", operation);
            CheckRange(mistakes, $"quotas.{operation}", perSecond, (0, CallQuotas.PerSecondMax));
        }

        foreach (var operation in Disabled?.Names ?? [])
            CheckName(mistakes, "disabled", operation);
        return mistakes;
    }

    private static void CheckRange(List<string> mistakes, string name, double value, (double Min, double Max) range)
    {
        if (!(value >= range.Min && value <= range.Max))
            mistakes.Add(FormattableString.Invariant($"{name} is {value}; it must be {range.Min} to {range.Max}."));
    }

    private static void CheckName(List<string> mistakes, string member, string operation)
    {
        if (!CallQuotas.Operations.Contains(operation, StringComparer.Ordinal))
        {
            mistakes.Add(
                $"{member}: '{operation}' is not one of {string.Join(", ", CallQuotas.Operations)}.");
        }
    }
}
