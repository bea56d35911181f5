using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tally.Client.Tracking;

namespace Tally.Client.Hosting;

/// <summary>What is measured and traced.</summary>
internal sealed class ClientInstruments : IDisposable
{
    private readonly ActivitySource _activities = new(TallyClient.TelemetryName);
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _requests;
    private readonly TimeProvider _time;
    private readonly long[] _counts = new long[Enum.GetValues<EventOutcome>().Length];

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter; null for one that belongs to nobody.</param>
    /// <param name="waiting">The events that wait.</param>
    /// <param name="time">The clock.</param>
    public ClientInstruments(IMeterFactory? meters, WaitingEvents waiting, TimeProvider time)
    {
        _time = time;
        _meter = meters?.Create(TallyClient.TelemetryName) ?? new(TallyClient.TelemetryName);
        _events = _meter.CreateCounter<long>(
            "tally.client.events", "{event}", "Events by outcome: accepted, duplicate, rejected, dropped, abandoned.");
        _requests = _meter.CreateHistogram<double>(
            "tally.client.request.duration", "s", "How long requests with events took, by status.");
        _meter.CreateObservableGauge(
            "tally.client.waiting.events", () => waiting.Events, "{event}", "Events that are still to be answered.");
        _meter.CreateObservableGauge(
            "tally.client.waiting.bytes", () => waiting.Bytes, "By", "Bytes of JSON that these have.");
    }

    /// <summary>Counts events.</summary>
    /// <param name="outcome">What became of them.</param>
    /// <param name="count">How many.</param>
    public void Events(EventOutcome outcome, int count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _counts[(int)outcome], count);
            _events.Add(count, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
        }
    }

    /// <summary>Says how many events became what.</summary>
    /// <param name="outcome">What became of them.</param>
    /// <returns>How many.</returns>
    public long CountOf(EventOutcome outcome) => Interlocked.Read(ref _counts[(int)outcome]);

    /// <summary>A request begins.</summary>
    /// <param name="events">How many events it has.</param>
    /// <param name="attempt">The how-manieth attempt it is, from 1.</param>
    /// <returns>What is told of its end.</returns>
    public Request StartRequest(int events, int attempt)
    {
        var activity = _activities.StartActivity("tally.client.send", ActivityKind.Client);
        activity?.SetTag("tally.events", events).SetTag("tally.attempt", attempt);
        return new(this, activity, _time.GetTimestamp());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private static string NameOf(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Accepted => "accepted",
        EventOutcome.Duplicate => "duplicate",
        EventOutcome.Rejected => "rejected",
        EventOutcome.Dropped => "dropped",
        _ => "abandoned",
    };

    /// <summary>A request under way.</summary>
    /// <param name="instruments">Where it is measured.</param>
    /// <param name="activity">Its trace; null when nobody listens.</param>
    /// <param name="start">When it began.</param>
    internal sealed class Request(ClientInstruments instruments, Activity? activity, long start) : IDisposable
    {
        /// <summary>It is answered, or came to nothing.</summary>
        /// <param name="status">The answer's status; 0 without one.</param>
        public void Answer(int status)
        {
            instruments._requests.Record(
                instruments._time.GetElapsedTime(start).TotalSeconds,
                new KeyValuePair<string, object?>("status", status));
            activity?.SetTag("http.response.status_code", status);
            activity?.SetStatus(status == 200 ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        }

        /// <inheritdoc />
        public void Dispose() => activity?.Dispose();
    }
}
