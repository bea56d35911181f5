using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Grains.Hosting;

namespace Tally.Grains.Ledger;

/// <summary>
/// The silo's way to the ledger, which holds nothing up: when the ledger doesn't take lines in time, nobody waits for
/// it for a while, and whoever has lines keeps them and asks again. What all actors bring while lines are being written
/// is written next, together.
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
    private const int WaitingMax = 100_000;

    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Waiting _next = new();
    private bool _isWriting;
    private long _restUntilTicks;

    /// <summary>Whether a ledger is kept.</summary>
    public bool IsKept => ledger is not null;

    /// <summary>Adds lines. Never throws.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>Whether they are in the ledger; if not, they may be, and are to be added again.</returns>
    public ValueTask<bool> TryAppend(IReadOnlyList<LedgerLine> lines)
    {
        if (ledger is null || lines.Count == 0)
        {
            return new(true);
        }

        lock (_lock)
        {
            if (clock.GetUtcNow().UtcTicks < _restUntilTicks || _next.Lines.Count > WaitingMax)
            {
                return new(false);
            }

            _next.Lines.AddRange(lines);
            var written = _next.Written.Task;
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(() => Write(ledger));
            }

            return new(written);
        }
    }

    private async Task Write(IRecordLedger to)
    {
        while (TakeNext() is { } some)
        {
            some.Written.SetResult(await TryWrite(to, some.Lines));
        }
    }

    private Waiting? TakeNext()
    {
        lock (_lock)
        {
            if (_next.Lines.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var some = _next;
            _next = new();
            return some;
        }
    }

    private async Task<bool> TryWrite(IRecordLedger to, List<LedgerLine> lines)
    {
        try
        {
            await to.AppendAsync(lines).WaitAsync(AnswerTimeMax, clock);
            return true;
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _restUntilTicks = (clock.GetUtcNow() + Rest).UtcTicks;
            }

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

    /// <summary>Lines that are written together, once those before them are.</summary>
    private sealed class Waiting
    {
        public List<LedgerLine> Lines { get; } = [];

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
