using Tally.Contracts.Delivery;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Grains.Delivery;

/// <summary>Who books and hears what happens to records on their way.</summary>
internal interface IDeliveryObserver
{
    /// <summary>Has a customer book what became of its records.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="settlements">What became of them.</param>
    /// <returns>Whether it is booked; if not, the records are sent again.</returns>
    Task<bool> Settle(string customer, IReadOnlyList<Settlement> settlements);

    /// <summary>A record was booked.</summary>
    /// <param name="record">The record.</param>
    /// <param name="settlement">What became of it.</param>
    void Settled(PendingRecord record, Settlement settlement);

    /// <summary>A record has come close to its deadline.</summary>
    /// <param name="record">The record.</param>
    void AtRisk(PendingRecord record);

    /// <summary>AWS did not take a call.</summary>
    /// <param name="records">How many records it had.</param>
    /// <param name="error">What was wrong.</param>
    void CallFailed(int records, CallError error);

    /// <summary>The product is suspended from now on, or for another reason than before.</summary>
    /// <param name="suspension">Why.</param>
    void Suspended(Suspension suspension);

    /// <summary>The product is no longer suspended.</summary>
    void Resumed();

    /// <summary>Sending failed in a way that nobody foresaw, or was given up; what was under way waits again.</summary>
    /// <param name="exception">What happened.</param>
    void SendFailed(Exception exception);
}
