using System.Threading.Channels;
using Tally.Emulator.State;

namespace Tally.Emulator.Subscriptions;

/// <summary>
/// Hands notices over to the transports, in their order, one after the other; first of all those that an earlier run
/// left behind. The last thousand are kept to be looked at.
/// </summary>
internal sealed partial class NoticeQueue(
    IEmulatorState state,
    AgreementLog log,
    INoticeTransport transport,
    IHostApplicationLifetime lifetime,
    ILogger<NoticeQueue> logger) : BackgroundService
{
    public const int KeptMax = 1000;
    private readonly Channel<Notice> _waiting = Channel.CreateUnbounded<Notice>(
        new UnboundedChannelOptions { SingleReader = true });

    public void Add(IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
            _ = _waiting.Writer.TryWrite(notice);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Messages name the emulator's address, which is known once it listens.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        Add(log.ListNotices().Where(notice => !notice.IsHandedOver));
        await foreach (var notice in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await transport.HandOverAsync(notice, stoppingToken);
                await state.SaveAsync([log.Put(notice with { IsHandedOver = true }), .. Forgotten()]);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // It stays on record as not handed over, and is tried again at the next start.
                LogFailed(logger, notice.Id, failure);
            }
        }
    }

    private IEnumerable<DocumentChange> Forgotten()
    {
        var handedOver = log.ListNotices().Where(notice => notice.IsHandedOver).ToList();
        return handedOver.Take(handedOver.Count - KeptMax).Select(log.Remove);
    }
}
