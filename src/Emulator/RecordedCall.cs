namespace Tally.Emulator;

/// <summary>One call to the emulated service, as the emulator answered it.</summary>
public sealed record RecordedCall
{
    /// <summary>When it arrived; UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The AWS account of the caller.</summary>
    public required string AccountId { get; init; }

    /// <summary>The AWS region that was called.</summary>
    public required string Region { get; init; }

    /// <summary>The operation that it asked for; empty when it named none.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP status; 0 when the connection was cut without an answer.</summary>
    public int Status { get; init; }

    /// <summary>
    /// The code of the error; null when it was carried out and answered. Without an answer <c>ConnectionDropped</c>
    /// when nothing was stored, <c>AnswerLost</c> or <c>AnswerTimedOut</c> when the call was carried out.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>How many usage records it had; 0 when nobody looked at its body.</summary>
    public int Records { get; init; }

    /// <summary>The id that the answer carried in <c>x-amzn-RequestId</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>The first 4096 bytes of the request's body; null when nobody looked at it.</summary>
    public string? Request { get; init; }

    /// <summary>
    /// The first 4096 bytes of the answer's body, also of one that was lost; null when there was none.
    /// </summary>
    public string? Answer { get; init; }
}
