namespace Tally.Domain.Delivery.Throttling;

/// <summary>How the calls of an account and region are let out.</summary>
public sealed record ThrottleOptions
{
    /// <summary>
    /// How the account's rate is found, and that of a product which is refused on its own. The default is that of
    /// each of its options.
    /// </summary>
    public RateOptions Rate { get; init; } = new();

    /// <summary>
    /// How many calls of the account are under way at most; 1 to 1,024. The default is 16, which at 10 calls a
    /// second is enough for answers that take 1.6 seconds.
    /// </summary>
    public int CallsMax { get; init; } = 16;

    /// <summary>
    /// After how long a call whose end was never reported no longer counts as under way; from one second to one
    /// hour. The default is 2 minutes. It must be longer than the client waits for an answer.
    /// </summary>
    public TimeSpan CallTimeMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The bound of the first wait after a failure; each further failure in a row doubles it. From 10 milliseconds
    /// to one minute. The default is 250 milliseconds.
    /// </summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The bound that such a wait never exceeds; from one second to one hour, and at least RetryFirst. The default
    /// is 2 minutes. An outage is noticed to be over that late at most.
    /// </summary>
    public TimeSpan RetryMost { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The longest <c>Retry-After</c> that is believed; from zero to one day. The default is 5 minutes. A longer one
    /// counts as this long, so that a mistaken answer can't make records expire.
    /// </summary>
    public TimeSpan RetryAfterMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a product waits whose configuration or credentials AWS refuses; from one second to one hour. The
    /// default is one minute.
    /// </summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How near a deadline must be for its product to go before others; from zero (never) to 24 hours. The default
    /// is one hour.
    /// </summary>
    public TimeSpan UrgentWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many calls in a row may be urgent while others have waited longer, before one of those has its turn; 1 to
    /// 100. The default is 4, so that the others keep a fifth.
    /// </summary>
    public int UrgentTurns { get; init; } = 4;

    /// <summary>
    /// How late a product may ask without its turn or the rate being lost; from zero to one second. The default is
    /// 50 milliseconds, some times the resolution of a timer.
    /// </summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a product is kept from asking again at most, when only other products are before it; from 10
    /// milliseconds to one minute. The default is one second.
    /// </summary>
    public TimeSpan AskInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Finds everything that is wrong with the options.</summary>
    /// <returns>Each mistake as a sentence; none when they can be used.</returns>
    public IReadOnlyList<string> Mistakes()
    {
        var found = new OptionMistakes();
        found.AddRange(nameof(Rate), Rate.Mistakes());
        found.Within(nameof(CallsMax), CallsMax, 1, 1_024);
        found.Within(nameof(CallTimeMax), CallTimeMax, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        found.Within(nameof(RetryFirst), RetryFirst, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        found.Within(nameof(RetryMost), RetryMost, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        found.Within(nameof(RetryMost), RetryMost, RetryFirst, TimeSpan.MaxValue);
        found.Within(nameof(RetryAfterMost), RetryAfterMost, TimeSpan.Zero, TimeSpan.FromDays(1));
        found.Within(nameof(ProbeInterval), ProbeInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        found.Within(nameof(UrgentWithin), UrgentWithin, TimeSpan.Zero, TimeSpan.FromHours(24));
        found.Within(nameof(UrgentTurns), UrgentTurns, 1, 100);
        found.Within(nameof(Slack), Slack, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        found.Within(nameof(AskInterval), AskInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        return found.All;
    }

    /// <summary>How much of what an answer asks for is believed.</summary>
    internal TimeSpan Believed(TimeSpan retryAfter) =>
        retryAfter < RetryAfterMost ? retryAfter : RetryAfterMost;
}
