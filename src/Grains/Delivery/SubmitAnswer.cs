using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Grains.Delivery;

/// <summary>What came of a call: an answer for each record, or one error for all.</summary>
/// <param name="Answers">One for each record of the batch, in its order; empty on an error.</param>
/// <param name="Error">What went wrong with the call; null when it was answered.</param>
internal sealed record SubmitAnswer(IReadOnlyList<RecordAnswer> Answers, CallError? Error)
{
    /// <summary>AWS's id of a call that was answered; null where it isn't known.</summary>
    public string? RequestId { get; init; }

    /// <summary>The attempt's id in the ledger.</summary>
    public string? Attempt { get; init; }
}

/// <summary>AWS's answer for a record.</summary>
/// <param name="State">What becomes of the record; waiting when AWS left it unprocessed.</param>
/// <param name="MeteringRecordId">AWS's receipt, where there is one.</param>
/// <param name="Status">AWS's word; null when the record isn't in the answer.</param>
internal sealed record RecordAnswer(RecordState State, string? MeteringRecordId, string? Status);

/// <summary>An error of a whole call.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Code">AWS's code, or the exception's name where there was no answer.</param>
/// <param name="Message">AWS's message.</param>
/// <param name="RequestId">AWS's request id; null where there was no answer.</param>
internal sealed record CallError(CallVerdict Verdict, string Code, string Message, string? RequestId)
{
    /// <summary>What the answer's <c>Retry-After</c> asked for; null when there was none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Writes it for people.</summary>
    /// <returns>Code, message and request id.</returns>
    public override string ToString() =>
        RequestId is null ? $"{Code}: {Message}" : $"{Code}: {Message} (request {RequestId})";
}
