using Tally.Contracts.Delivery;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Grains.Delivery;

/// <content>What happens to records on their way: booked by their customers, counted, logged.</content>
internal sealed partial class FlushShardGrain
{
    async Task<bool> IDeliveryObserver.Settle(string customer, IReadOnlyList<Settlement> settlements)
    {
        try
        {
            // A customer that asks this shard meanwhile would wait for its end, and its end for the customer.
            await Customer(customer).Settle(settlements).WaitAsync(_stopping.Token);
            return true;
        }
        catch (Exception exception)
        {
            Log.SettleFailed(logger, exception, _product.ToString(), settlements.Count, customer);
            return false;
        }
    }

    void IDeliveryObserver.Settled(PendingRecord record, Settlement settlement)
    {
        instruments.RecordSettled(_product, settlement.State);
        var usage = record.Record;
        switch (settlement.State)
        {
            case RecordState.Delivered:
                _delivered++;
                HearEntitlement(null);
                break;
            case RecordState.Parked:
                Log.Parked(logger, _product.ToString(), record.Customer, usage.Dimension, usage.Timestamp);
                break;
            case RecordState.Quarantined:
                _quarantined++;
                Log.Quarantined(
                    logger,
                    _product.ToString(),
                    record.Customer,
                    usage.Dimension,
                    usage.Timestamp,
                    settlement.Reason ?? "");
                break;
            case RecordState.Expired:
                _expired++;
                Log.Expired(logger, _product.ToString(), record.Customer, usage.Dimension, usage.Timestamp);
                break;
        }
    }

    void IDeliveryObserver.AtRisk(PendingRecord record)
    {
        instruments.RecordAtRisk(_product);
        var usage = record.Record;
        Log.AtRisk(logger, _product.ToString(), record.Customer, usage.Dimension, usage.Timestamp, record.Deadline);
    }

    void IDeliveryObserver.CallFailed(int records, CallError error)
    {
        instruments.CallFailed(_product, error.Code);
        HearEntitlement(error);
        if (error.Verdict == CallVerdict.Throttled)
        {
            Log.Throttled(logger, _product.ToString(), records, error);
            return;
        }

        Log.CallFailed(logger, _product.ToString(), records, error);
    }

    void IDeliveryObserver.Suspended(Suspension suspension)
    {
        instruments.ProductSuspended(_product, suspension.Code);
        Log.Suspended(logger, _product.ToString(), suspension.Code, suspension.Reason, _queue.WaitingCount);
    }

    void IDeliveryObserver.Resumed() => Log.Resumed(logger, _product.ToString(), _queue.WaitingCount);

    void IDeliveryObserver.SendFailed(Exception exception)
    {
        if (_stopping.IsCancellationRequested)
        {
            Log.FlushStopped(logger, _product.ToString());
        }
        else
        {
            Log.FlushFailed(logger, exception, _product.ToString());
        }
    }
}
