using Microsoft.Extensions.Logging;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.Tests.Hosting;

/// <summary>The warnings below the live view.</summary>
public sealed class RecentWarningsTests : IDisposable
{
    private readonly RecentWarnings _warnings = new();

    [Fact]
    public void Log_LessThanAWarning_IsNotKept()
    {
        Write(LogLevel.Information, "nothing special");
        Assert.Empty(_warnings.Lines);
    }

    [Fact]
    public void Log_MoreThanFive_KeepsTheLastOldestFirst()
    {
        for (var number = 1; number <= 7; number++)
        {
            Write(LogLevel.Warning, $"{number}");
        }

        Assert.Equal(["3", "4", "5", "6", "7"], _warnings.Lines);
    }

    [Fact]
    public void Log_WithException_NamesItWithoutItsStack()
    {
        Write(LogLevel.Error, "A call failed.", new InvalidOperationException("no disk"));
        Assert.Equal(["A call failed. InvalidOperationException: no disk"], _warnings.Lines);
    }

    public void Dispose() => _warnings.Dispose();

    private void Write(LogLevel level, string text, Exception? exception = null) =>
        _warnings.CreateLogger("Tally.Any").Log(level, default, text, exception, (state, _) => state);
}
