using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tally.Api.Hosting;

/// <summary>What the front door measures. All names and units are here.</summary>
internal sealed class ApiInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tally.Api";

    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _requests;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">Where meters come from; it disposes of them.</param>
    public ApiInstruments(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _events = _meter.CreateCounter<long>(
            "tally.api.events", "{event}", "Usage events by outcome: accepted, duplicate or rejected.");
        _requests = _meter.CreateCounter<long>(
            "tally.api.requests", "{request}", "Requests with a valid key, by operation and status code.");
    }

    /// <summary>Shows how full the dispatcher is.</summary>
    /// <param name="waiting">Events that are not answered yet.</param>
    /// <param name="calls">Calls to actors that are under way.</param>
    public void ObserveDispatcher(Func<long> waiting, Func<long> calls)
    {
        _meter.CreateObservableGauge(
            "tally.api.dispatcher.waiting", waiting, "{event}", "Events taken in and not answered yet.");
        _meter.CreateObservableGauge(
            "tally.api.dispatcher.calls", calls, "{call}", "Calls to customers' actors that are under way.");
    }

    /// <summary>Counts the events of a request by what became of them.</summary>
    /// <param name="accepted">Counted now.</param>
    /// <param name="duplicates">Counted before.</param>
    /// <param name="rejected">Not counted.</param>
    public void Events(int accepted, int duplicates, int rejected)
    {
        Add(accepted, "accepted");
        Add(duplicates, "duplicate");
        Add(rejected, "rejected");
    }

    /// <summary>Counts an authenticated request.</summary>
    /// <param name="operation">Which operation.</param>
    /// <param name="status">The HTTP status code of the answer.</param>
    public void Request(string operation, int status) => _requests.Add(
        1, new TagList { { "tally.operation", operation }, { "http.response.status_code", status } });

    private void Add(int count, string outcome)
    {
        if (count > 0)
        {
            _events.Add(count, new KeyValuePair<string, object?>("tally.outcome", outcome));
        }
    }
}
