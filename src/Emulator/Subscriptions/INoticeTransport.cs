namespace Tally.Emulator.Subscriptions;

/// <summary>Brings notices to whoever subscribed to them.</summary>
internal interface INoticeTransport
{
    /// <summary>Takes the notice over; delivery and its retries are the transport's from then on.</summary>
    ValueTask HandOverAsync(Notice notice, CancellationToken cancellationToken);
}
