using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tally.Client.Tests.Stage;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger
{
    public ConcurrentQueue<(int Id, string Text)> Lines { get; } = new();

    public IEnumerable<int> Ids => Lines.Select(line => line.Id);

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Enqueue((eventId.Id, formatter(state, exception)));
}
