using System.Collections.Concurrent;

namespace Tally.Standalone.Hosting;

/// <summary>Keeps the last warnings, to be shown below the live view.</summary>
internal sealed class RecentWarnings : ILoggerProvider, ILogger
{
    private const int Kept = 5;
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>The last warnings, the oldest first.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc />
    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        _lines.Enqueue(exception is null
            ? formatter(state, exception)
            : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
        while (_lines.Count > Kept)
        {
            _lines.TryDequeue(out _);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
