namespace Tally.Client;

/// <summary>Where the platform is, and how events are gathered and sent.</summary>
public sealed class TallyClientOptions
{
    /// <summary>Where the platform is, for example <c>https://tally.example.com</c>; required, http or https.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The API key; required. Sending needs the scope <c>ingest</c>, reading the scope <c>read</c>.
    /// </summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How many events a request has at most: 1 to 50,000, 1,000 by default.</summary>
    public int BatchEventsMax { get; set; } = 1_000;

    /// <summary>
    /// How many bytes of JSON a request has at most, before it is compressed: 1 KiB to 32 MiB, 1 MiB by default. An
    /// event that is larger goes alone.
    /// </summary>
    public int BatchBytesMax { get; set; } = 1024 * 1024;

    /// <summary>
    /// How long an event waits for others that go with it: up to one minute, 1 second by default. With zero it goes
    /// at once, unless all requests that may be under way are.
    /// </summary>
    public TimeSpan BatchDelayMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many events wait at most, those under way included: 1 to 10,000,000, 100,000 by default.
    /// </summary>
    public int WaitingEventsMax { get; set; } = 100_000;

    /// <summary>
    /// How many bytes of JSON wait at most, those under way included: 1 KiB to 16 GiB, 64 MiB by default. An event
    /// that is larger has to wait until there is no other.
    /// </summary>
    public long WaitingBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>What happens when there is no room: <see cref="WhenFull.Wait"/> by default.</summary>
    public WhenFull WhenFull { get; set; }

    /// <summary>How many requests with events are under way at most: 1 to 64, 2 by default.</summary>
    public int ConcurrentRequestsMax { get; set; } = 2;

    /// <summary>Whether requests with events are compressed (gzip): yes by default.</summary>
    public bool Compress { get; set; } = true;

    /// <summary>
    /// How long a request may take before it is given up and sent again: 1 second to 10 minutes, 30 seconds by
    /// default.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the first retry waits at most: 1 millisecond to 1 minute, 200 milliseconds by default. Each further
    /// one may wait twice as long; how long it does is drawn between zero and that (full jitter).
    /// </summary>
    public TimeSpan RetryDelayBase { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long a retry waits at most: <see cref="RetryDelayBase"/> to 1 hour, 30 seconds by default. Where the
    /// platform says <c>Retry-After</c> that comes on top, up to an hour.
    /// </summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long disposing waits for the events that are still to be sent: up to 10 minutes, 10 seconds by default.
    /// What isn't answered by then is given to <see cref="TallyClient.Rejected"/>.
    /// </summary>
    public TimeSpan DisposeTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
