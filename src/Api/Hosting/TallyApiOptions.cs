namespace Tally.Api.Hosting;

/// <summary>The limits of the front door.</summary>
public sealed class TallyApiOptions
{
    /// <summary>
    /// The largest body as it is sent, compressed or not, in bytes; from 1 KiB to 1 GiB. A larger one is refused with
    /// 413. The default is 8 MiB.
    /// </summary>
    public int BodySizeMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// The largest body behind a gzip encoding, in bytes; from <see cref="BodySizeMax"/> to 1 GiB. Inflating stops
    /// there. The default is 32 MiB.
    /// </summary>
    public int InflatedSizeMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// The largest evidence to reconcile with, as it is sent and inflated, in bytes; from 1 KiB to 1 GiB. Larger one
    /// is refused with 413. Two are read at once, and each takes several times its size of memory for a while. The
    /// default is 64 MiB.
    /// </summary>
    public int EvidenceSizeMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The most events of one request; from 1 to 1,000,000. More are refused with 413. The default is 50,000.
    /// </summary>
    public int EventsPerRequestMax { get; set; } = 50_000;

    /// <summary>
    /// How many calls to customers' actors are under way at once; from 1 to 100,000. Fewer mean larger calls, more
    /// mean less waiting. The default is 1,024.
    /// </summary>
    public int ConcurrentCallsMax { get; set; } = 1_024;

    /// <summary>
    /// The most events that wait to be counted; from <see cref="EventsPerRequestMax"/> to 100,000,000. A request
    /// beyond is answered with 503. The default is 500,000.
    /// </summary>
    public int WaitingEventsMax { get; set; } = 500_000;

    /// <summary>
    /// The most bytes of events that wait to be counted; from twice <see cref="InflatedSizeMax"/> to 1 TiB. A request
    /// beyond is answered with 503. The default is 512 MiB.
    /// </summary>
    public long WaitingBytesMax { get; set; } = 512L * 1024 * 1024;

    /// <summary>The most events of one call to a customer's actor; from 1 to 100,000. The default is 4,096.</summary>
    public int EventsPerCallMax { get; set; } = 4_096;

    /// <summary>
    /// From how many bytes on a call to a customer's actor takes no more events; from 1 KiB to 64 MiB. The default is
    /// 1 MiB.
    /// </summary>
    public int CallSizeMax { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many customers without waiting events are remembered, so that their next call costs less; from 0 to
    /// 10,000,000. Each takes about half a kilobyte. The default is 65,536.
    /// </summary>
    public int IdleLanesMax { get; set; } = 65_536;

    /// <summary>
    /// How often a call to an actor is made again whose silo went away or that was starting again; from 0 to 10. The
    /// waits grow from none to one second. The default is 3.
    /// </summary>
    public int CallRetriesMax { get; set; } = 3;

    /// <summary>
    /// For how long an API key is honoured without asking again, and so for how long a revoked key may still work;
    /// from zero to one hour. The default is 10 seconds.
    /// </summary>
    public TimeSpan KeyCachedFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many API keys are remembered, and as many that don't exist; from 1 to 1,000,000. The default is 10,000.
    /// </summary>
    public int KeysCachedMax { get; set; } = 10_000;

    /// <summary>
    /// For how long a product's definition is used without asking again; from zero to one hour. Customers' actors
    /// judge by the newest definition all the same. The default is 30 seconds.
    /// </summary>
    public TimeSpan ProductCachedFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For how long a product that doesn't exist is not asked for again, and how often an unknown dimension makes a
    /// definition be read anew; from zero to one minute. The default is 1 second.
    /// </summary>
    public TimeSpan UnknownCachedFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many products are remembered, and as many that don't exist; from 1 to 1,000,000. The default is 10,000.
    /// </summary>
    public int ProductsCachedMax { get; set; } = 10_000;

    /// <summary>
    /// What <c>Retry-After</c> says in a 503; whole seconds from one second to one hour. The default is 1 second.
    /// </summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether <c>/</c>, <c>/docs</c> and <c>/openapi/v1.json</c> are served. An application that has pages of its
    /// own there says no. The default is <see langword="true"/>.
    /// </summary>
    public bool Pages { get; set; } = true;

    /// <summary>
    /// Whether <c>POST /</c> answers AWS's clients as AWS's metering service does. An application that takes such
    /// requests itself says no. The default is <see langword="true"/>.
    /// </summary>
    public bool AwsEndpoint { get; set; } = true;

    /// <summary>
    /// Whether paths that lead nowhere are answered with problem details everywhere; otherwise only below
    /// <c>/v1</c>. An application with a fallback of its own says no. The default is <see langword="true"/>.
    /// </summary>
    public bool UnknownRoutes { get; set; } = true;
}
