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
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>(
        new UnboundedChannelOptions { SingleReader = true });

    public void Add(IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
            _ = _waiting.Writer.TryWrite(notice.Id);
    }

    /// <summary>Adds all that there are and that are not handed over.</summary>
    public void AddAllPending() => Add(log.ListNotices().Where(notice => !notice.IsHandedOver));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Messages name the emulator's address, which is known once it listens.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        AddAllPending();
        await foreach (var id in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await HandOverAsync(id, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // It stays on record as not handed over, and is tried again at the next start.
                LogFailed(logger, id, failure);
            }
        }
    }

    /// <summary>What was reset meanwhile is no more, and what was added twice is handed over once.</summary>
    private async Task HandOverAsync(string id, CancellationToken cancellationToken)
    {
        var generation = log.Generation;
        if (log.FindNotice(id) is not { IsHandedOver: false } notice) return;
        await transport.HandOverAsync(notice, cancellationToken);
        _ = await state.SaveAsync([log.Put(notice with { IsHandedOver = true }), .. Forgotten()], generation);
    }

    private IEnumerable<DocumentChange> Forgotten()
    {
        var handedOver = log.ListNotices().Where(notice => notice.IsHandedOver).ToList();
        return handedOver.Take(handedOver.Count - KeptMax).Select(log.Remove);
    }
}
