using Tally.Emulator.Clock;

namespace Tally.Emulator.Subscriptions;

/// <summary>Ends what has come to its end by the emulator's clock: looks every second of the surrounding one.</summary>
internal sealed partial class AgreementClock(
    AgreementLog log,
    AgreementBook book,
    EmulatorClock clock,
    ILogger<AgreementClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Does what is due at this moment.</summary>
    public async Task RunDueAsync()
    {
        var now = clock.GetUtcNow();
        foreach (var agreement in log.ListAgreements().ToList())
        {
            try
            {
                if (agreement.State is AgreementState.Active && now >= agreement.EndsAt)
                    _ = await book.UnsubscribeAsync(agreement.Id, "EXPIRED");
                else if (agreement.State is AgreementState.UnsubscribePending && now >= agreement.FlushUntil)
                    _ = await book.EndAsync(agreement.Id);
            }
            catch (AgreementStateException faster)
            {
                LogOvertaken(logger, faster.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock.Surrounding);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunDueAsync();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(logger, failure);
            }
        }
    }
}
