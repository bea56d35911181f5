using System.Text;

namespace Tally.Emulator.Wire;

/// <summary>The last calls, oldest first.</summary>
internal sealed class CallLog
{
    public const int CallsMax = 1000;

    /// <summary>How much of a body is kept, in bytes.</summary>
    public const int BodyBytesMax = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<RecordedCall> _calls = new(CallsMax);

    /// <summary>As much of a body as is kept.</summary>
    public static string? TextOf(ReadOnlyMemory<byte>? body) => body is { } bytes
        ? Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, BodyBytesMax)])
        : null;

    public void Add(RecordedCall call)
    {
        lock (_gate)
        {
            if (_calls.Count == CallsMax) _ = _calls.Dequeue();
            _calls.Enqueue(call);
        }
    }

    public IReadOnlyList<RecordedCall> List()
    {
        lock (_gate)
            return [.. _calls];
    }

    /// <summary>Those of that operation, account and error, oldest first; null or empty stands for any.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="account">The caller's account.</param>
    /// <param name="error">The error's code; <c>any</c>: whatever error; <c>none</c>: those without one.</param>
    public IReadOnlyList<RecordedCall> List(string? operation, string? account, string? error) =>
    [
        .. List().Where(call => IsOpenOrEqual(operation, call.Operation)
            && IsOpenOrEqual(account, call.AccountId)
            && error switch
            {
                "any" => call.Error is not null,
                "none" => call.Error is null,
                _ => IsOpenOrEqual(error, call.Error),
            }),
    ];

    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
    }

    private static bool IsOpenOrEqual(string? wanted, string? found) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, found, StringComparison.Ordinal);
}
