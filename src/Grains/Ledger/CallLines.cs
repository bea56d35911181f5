using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Ledger;
using Tally.Grains.Delivery;

namespace Tally.Grains.Ledger;

/// <summary>
/// Writes down which records are about to be sent, before they are, and what AWS answered. Where an answer is lost,
/// the ledger so says at least that AWS may have the record.
/// </summary>
/// <param name="product">The product.</param>
/// <param name="outlet">The way to the ledger; what it doesn't take is not kept, as delivery must not wait.</param>
/// <param name="clock">What time it is.</param>
internal sealed class CallLines(ProductKey product, LedgerOutlet outlet, TimeProvider clock)
{
    /// <summary>Writes down that a call is about to be made.</summary>
    /// <param name="batch">Its records.</param>
    /// <returns>The attempt's id, under which its answer is written down.</returns>
    public async ValueTask<string> Begin(IReadOnlyList<PendingRecord> batch)
    {
        var attempt = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        if (outlet.IsKept)
        {
            await outlet.TryAppend([.. batch.Select(pending => Submitted(pending, attempt))]);
        }

        return attempt;
    }

    /// <summary>Writes down what AWS answered.</summary>
    /// <param name="batch">The call's records.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="attempt">The attempt's id.</param>
    /// <returns>A task that completes when it is written down, or can't be.</returns>
    public async ValueTask End(IReadOnlyList<PendingRecord> batch, SubmitAnswer answer, string attempt)
    {
        if (outlet.IsKept)
        {
            await outlet.TryAppend([.. batch.Select((pending, index) => Answered(pending, index, answer, attempt))]);
        }
    }

    private LedgerLine Submitted(PendingRecord pending, string attempt) =>
        LedgerLines.OfCall(new(product, pending.Customer), pending.Record, attempt, clock.GetUtcNow());

    private LedgerLine Answered(PendingRecord pending, int index, SubmitAnswer answer, string attempt)
    {
        var line = LedgerLines.OfAnswer(Submitted(pending, attempt), attempt, clock.GetUtcNow());
        if (answer.Error is { } error)
        {
            return line with { Code = error.Code, Message = error.Message, RequestId = error.RequestId };
        }

        var said = answer.Answers[index];
        return line with
        {
            Code = said.Status ?? "Unprocessed",
            MeteringRecordId = said.MeteringRecordId,
            RequestId = answer.RequestId,
        };
    }
}
