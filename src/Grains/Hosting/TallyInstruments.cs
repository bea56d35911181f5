using System.Diagnostics.Metrics;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Grains.Hosting;

/// <summary>What the actors measure: names and units in one place.</summary>
public sealed class TallyInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tally";

    private readonly Counter<long> _settled;
    private readonly Counter<long> _atRisk;
    private readonly Counter<long> _callsFailed;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public TallyInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _settled = meter.CreateCounter<long>("tally.records.settled", "{record}", "Records by what became of them.");
        _atRisk = meter.CreateCounter<long>("tally.records.at_risk", "{record}", "Records that came close to expiry.");
        _callsFailed = meter.CreateCounter<long>("tally.calls.failed", "{call}", "Calls that AWS did not take.");
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
}
