using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <summary>Who sends batches when they may be sent.</summary>
internal interface IBatchSender
{
    /// <summary>Says whether calls may be made at all.</summary>
    /// <returns>Whether they may; if not, sending ends until it is asked for again.</returns>
    ValueTask<bool> MaySend();

    /// <summary>Makes a call.</summary>
    /// <param name="batch">Its records.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it.</returns>
    Task<SubmitAnswer> Call(IReadOnlyList<PendingRecord> batch, CancellationToken cancellationToken);

    /// <summary>Handles what came of a call: has it booked, or plans the records anew.</summary>
    /// <param name="batch">The call's records.</param>
    /// <param name="answer">What came of it.</param>
    /// <returns>A task that completes when it is done.</returns>
    Task Handle(IReadOnlyList<PendingRecord> batch, SubmitAnswer answer);

    /// <summary>A call was given up, or failed in a way that nobody foresaw.</summary>
    /// <param name="batch">The call's records.</param>
    /// <param name="exception">What happened.</param>
    void CallLost(IReadOnlyList<PendingRecord> batch, Exception exception);

    /// <summary>Sending stopped, in a way that nobody foresaw, until it is asked for again.</summary>
    /// <param name="exception">What happened.</param>
    void LoopFailed(Exception exception);
}
