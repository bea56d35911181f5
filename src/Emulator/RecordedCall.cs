namespace Tally.Emulator;

/// <summary>One call to the emulated service, as the emulator answered it.</summary>
/// <param name="Time">When it arrived; UTC.</param>
/// <param name="Operation">The operation that it asked for; empty when it named none.</param>
/// <param name="Status">The HTTP status; 0 when the connection was cut without an answer.</param>
/// <param name="Error">The code of the error; null when it was carried out.</param>
/// <param name="Records">How many usage records it had; 0 when nobody looked at its body.</param>
/// <param name="RequestId">The id that the answer carried in <c>x-amzn-RequestId</c>.</param>
public sealed record RecordedCall(
    DateTimeOffset Time,
    string Operation,
    int Status,
    string? Error,
    int Records,
    string RequestId);
