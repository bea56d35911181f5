using System.Diagnostics.Metrics;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;
using Tally.Grains.Delivery;
using Meter = System.Diagnostics.Metrics.Meter;

namespace Tally.Grains.Hosting;

/// <summary>What the actors measure: names and units in one place.</summary>
public sealed class TallyInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tally";

    private readonly Meter _meter;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _atRisk;
    private readonly Counter<long> _callsFailed;
    private readonly Counter<long> _suspended;
    private readonly Counter<long> _linesRefused;
    private readonly Counter<long> _merged;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public TallyInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _settled = _meter.CreateCounter<long>("tally.records.settled", "{record}", "Records by what became of them.");
        _atRisk = _meter.CreateCounter<long>("tally.records.at_risk", "{record}", "Records that came close to expiry.");
        _suspended = _meter.CreateCounter<long>(
            "tally.products.suspended", "{suspension}", "Times that a product was suspended.");
        _callsFailed = _meter.CreateCounter<long>("tally.calls.failed", "{call}", "Calls that AWS did not take.");
        _merged = _meter.CreateCounter<long>(
            "tally.customers.merged", "{entry}", "Journal entries that another activation of the customer wrote.");
        _linesRefused = _meter.CreateCounter<long>(
            "tally.ledger.lines.failed", "{line}", "Lines that the ledger did not take, as often as tried.");
    }

    /// <summary>Counts a record that was booked.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="state">What became of it.</param>
    internal void RecordSettled(ProductKey product, RecordState state) => _settled.Add(
        1, new("tenant", product.Tenant), new("product", product.Code), new("state", state.ToString()));

    /// <summary>Counts a record that came close to its deadline.</summary>
    /// <param name="product">Its product.</param>
    internal void RecordAtRisk(ProductKey product) =>
        _atRisk.Add(1, new("tenant", product.Tenant), new("product", product.Code));

    /// <summary>Counts a call that AWS did not take.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="code">AWS's error code.</param>
    internal void CallFailed(ProductKey product, string code) => _callsFailed.Add(
        1, new("tenant", product.Tenant), new("product", product.Code), new("code", code));

    /// <summary>Counts that a product was suspended.</summary>
    /// <param name="product">Which.</param>
    /// <param name="code">AWS's error code.</param>
    internal void ProductSuspended(ProductKey product, string code) => _suspended.Add(
        1, new("tenant", product.Tenant), new("product", product.Code), new("code", code));

    /// <summary>Counts what another activation of a customer wrote.</summary>
    /// <param name="product">The customer's product.</param>
    /// <param name="entries">How many journal entries.</param>
    internal void EntriesMerged(ProductKey product, int entries) =>
        _merged.Add(entries, new("tenant", product.Tenant), new("product", product.Code));

    /// <summary>Counts lines that the ledger did not take.</summary>
    /// <param name="lines">How many.</param>
    internal void LedgerFailed(int lines) => _linesRefused.Add(lines);

    /// <summary>Shows what the throttles do.</summary>
    /// <param name="throttles">The throttles by account and region; more may come.</param>
    internal void ObserveThrottles(IReadOnlyDictionary<string, SharedThrottle> throttles)
    {
        _meter.CreateObservableGauge(
            "tally.throttle.rate",
            () => throttles.Select(pair => new Measurement<double>(pair.Value.State.Rate, Account(pair.Key))),
            "{call}/s",
            "Calls a second that are let out.");
        _meter.CreateObservableGauge(
            "tally.throttle.calls",
            () => throttles.Select(pair => new Measurement<int>(pair.Value.CallsUnderWay, Account(pair.Key))),
            "{call}",
            "Calls under way.");
    }

    private static KeyValuePair<string, object?> Account(string name) => new("account", name);
}
