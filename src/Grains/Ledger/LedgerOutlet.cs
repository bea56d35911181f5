using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Grains.Hosting;

namespace Tally.Grains.Ledger;

/// <summary>
/// The silo's way to the ledger, which holds nothing up: when the ledger doesn't take lines in time, nobody waits for
/// it for a while, and whoever has lines keeps them and asks again.
/// </summary>
/// <param name="clock">What time it is.</param>
/// <param name="instruments">Counts failures.</param>
/// <param name="logger">The log.</param>
/// <param name="ledger">The ledger; null where none is kept.</param>
internal sealed partial class LedgerOutlet(
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    TallyInstruments instruments,
    ILogger<LedgerOutlet> logger,
    IRecordLedger? ledger = null)
{
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private long _restUntilTicks;

    /// <summary>Whether a ledger is kept.</summary>
    public bool IsKept => ledger is not null;

    /// <summary>Adds lines. Never throws.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>Whether they are in the ledger; if not, they may be, and are to be added again.</returns>
    public async ValueTask<bool> TryAppend(IReadOnlyList<LedgerLine> lines)
    {
        if (ledger is null || lines.Count == 0)
        {
            return true;
        }

        if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _restUntilTicks))
        {
            return false;
        }

        try
        {
            await ledger.AppendAsync(lines).WaitAsync(AnswerTimeMax, clock);
            return true;
        }
        catch (Exception exception)
        {
            Interlocked.Exchange(ref _restUntilTicks, (clock.GetUtcNow() + Rest).UtcTicks);
            instruments.LedgerFailed(lines.Count);
            Log.AppendFailed(logger, exception, lines.Count);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1301, LogLevel.Error,
            "The ledger did not take {Lines} lines. Counting and delivery go on; what the actors hold is added later.")]
        public static partial void AppendFailed(ILogger logger, Exception exception, int lines);
    }
}
