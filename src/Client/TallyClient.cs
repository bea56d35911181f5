using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tally.Client.Hosting;
using Tally.Client.Sending;
using Tally.Client.Tracking;

namespace Tally.Client;

/// <summary>
/// Sends usage events in the background, each counted once, and reads what was counted. One is enough for an
/// application; everything of it may be called from any thread.
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>An event gets an id and a time, where it has none, and is kept in memory, within limits.</item>
/// <item>When there are enough of them, or the first has waited long enough, they go together.</item>
/// <item>Until there is an answer that says what became of each, they are sent again, the same as before: the platform
/// counts an id once, so nothing is lost and nothing counts twice.</item>
/// <item>What the platform doesn't take is told to <see cref="Rejected"/>.</item>
/// </list>
/// An event is only in memory until it is answered: await <see cref="FlushAsync"/> where that has to be known.
/// </remarks>
public sealed partial class TallyClient : IAsyncDisposable
{
    /// <summary>The name of the <c>ActivitySource</c> and of the <c>Meter</c>.</summary>
    public const string TelemetryName = "Tally.Client";

    private readonly TallyClientOptions _options;
    private readonly ApiTransport _transport;
    private readonly WaitingEvents _waiting;
    private readonly Outcomes _outcomes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _senders;
    private readonly HttpClient? _own;
    private int _dropping;
    private int _disposed;

    /// <summary>Makes a client, which begins to send at once.</summary>
    /// <param name="options">Where the platform is, and how events are sent; not to change afterwards.</param>
    /// <param name="http">What requests are sent with, and stays the caller's; its own when null.</param>
    /// <param name="time">The clock; the machine's when null.</param>
    /// <param name="logger">The log; none when null.</param>
    /// <exception cref="OptionsValidationException">The options can't be.</exception>
    public TallyClient(
        TallyClientOptions options,
        HttpClient? http = null,
        TimeProvider? time = null,
        ILogger<TallyClient>? logger = null)
        : this(Checked(options), new ClientParts { Http = http, Time = time, Logger = logger })
    {
    }

    internal TallyClient(TallyClientOptions options, ClientParts parts)
    {
        var time = parts.Time ?? TimeProvider.System;
        var logger = parts.Logger ?? NullLogger<TallyClient>.Instance;
        _own = parts.Http is null ? ClientParts.OwnHttp() : null;
        _options = options;
        _transport = new(options, parts.Http ?? _own!, time);
        _waiting = new(options, time);
        _outcomes = new(
            new(parts.Meters, _waiting, time), rejected => Rejected?.Invoke(this, rejected), logger);
        var sender = new Sender(
            _waiting,
            new(_transport, options.Compress),
            _outcomes,
            new(options, time, parts.Random ?? Random.Shared.NextDouble, logger));

        // What it does later belongs to none of those who happened to make it.
        using (ExecutionContext.SuppressFlow())
        {
            _senders = Task.WhenAll(Enumerable.Range(0, options.ConcurrentRequestsMax)
                .Select(_ => Task.Run(() => sender.Run(_stop.Token))));
        }
    }

    /// <summary>
    /// An event is not counted, and isn't sent again: the platform's word on it, or the client was disposed of before
    /// there was one. Handlers are called in the background and hold up what comes next, so they should be quick.
    /// </summary>
    public event EventHandler<UsageRejectedEventArgs>? Rejected;

    /// <summary>What became of the events so far.</summary>
    public TallyClientCounts Counts => new(
        CountOf(EventOutcome.Accepted),
        CountOf(EventOutcome.Duplicate),
        CountOf(EventOutcome.Rejected),
        CountOf(EventOutcome.Dropped),
        CountOf(EventOutcome.Abandoned),
        _waiting.Events);

    /// <summary>
    /// Hands an event over without waiting. Where there is no room it is dropped, and counted as such.
    /// </summary>
    /// <param name="usage">The event.</param>
    /// <returns>Whether it is taken.</returns>
    /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
    public bool Track(UsageEvent usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return TryTrack(EventJson.Track(usage, _transport.Time.GetUtcNow())) || Drop();
    }

    /// <summary>
    /// Hands an event over. Where there is no room it waits until there is or, with <see cref="WhenFull.Drop"/>, the
    /// event is dropped, and counted as such.
    /// </summary>
    /// <param name="usage">The event.</param>
    /// <param name="stop">When not to wait any longer; the event isn't taken then.</param>
    /// <returns>Whether it is taken.</returns>
    /// <exception cref="ObjectDisposedException">The client was disposed of.</exception>
    public async ValueTask<bool> TrackAsync(UsageEvent usage, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(usage);
        stop.ThrowIfCancellationRequested();
        var tracked = EventJson.Track(usage, _transport.Time.GetUtcNow());
        if (TryTrack(tracked))
        {
            return true;
        }

        if (_options.WhenFull == WhenFull.Drop)
        {
            return Drop();
        }

        await _waiting.AddAsync(tracked, stop);
        return true;
    }

    /// <summary>
    /// Sends at once what was taken before, and waits for the answers. Afterwards each of these events is counted and
    /// durable, or was told to <see cref="Rejected"/>.
    /// </summary>
    /// <param name="stop">When not to wait any longer; the events are sent all the same.</param>
    /// <returns>A task that completes when all of them are answered.</returns>
    public Task FlushAsync(CancellationToken stop = default) => _waiting.Flush().WaitAsync(stop);

    /// <summary>
    /// Takes no more events, sends what was taken, and waits for the answers: at most as long as
    /// <see cref="TallyClientOptions.DisposeTimeout"/> says. What isn't answered by then is told to
    /// <see cref="Rejected"/> and logged.
    /// </summary>
    /// <returns>A task that completes when nothing more happens.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _senders;
            return;
        }

        _waiting.Close();
        try
        {
            await _waiting.Flush().WaitAsync(_options.DisposeTimeout, _transport.Time);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
        }

        await _stop.CancelAsync();
        await _senders;
        _outcomes.Abandon(_waiting.TakeRest());
        _outcomes.Instruments.Dispose();
        _waiting.Dispose();
        _stop.Dispose();
        _own?.Dispose();
    }

    private static TallyClientOptions Checked(TallyClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = TallyClientOptionsValidator.ErrorsOf(options);
        return errors.Count == 0
            ? options
            : throw new OptionsValidationException(nameof(TallyClientOptions), typeof(TallyClientOptions), errors);
    }

    private bool TryTrack(Tracked tracked)
    {
        var isIn = _waiting.TryAdd(tracked);
        if (isIn)
        {
            Volatile.Write(ref _dropping, 0);
        }

        return isIn;
    }

    private bool Drop()
    {
        _outcomes.Drop(isFirst: Interlocked.Exchange(ref _dropping, 1) == 0);
        return false;
    }

    private long CountOf(EventOutcome outcome) => _outcomes.Instruments.CountOf(outcome);
}
