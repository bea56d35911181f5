using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Tally.Client.Hosting;

/// <summary>What a client is made of; what is left out is the usual.</summary>
internal sealed record ClientParts
{
    /// <summary>How long connections are kept, so that changes of DNS are followed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>What requests are sent with.</summary>
    public HttpClient? Http { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>The log.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Makes the meter.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Draws numbers from 0 to just below 1.</summary>
    public Func<double>? Random { get; init; }

    /// <summary>Makes what requests are sent with where nobody gives it.</summary>
    /// <returns>An HTTP client whose patience is that of the options.</returns>
    public static HttpClient OwnHttp() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
