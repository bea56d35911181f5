using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Time;

/// <summary>What counts as waiting for time to pass.</summary>
internal static class Waits
{
    /// <summary>A sleeping thread.</summary>
    public static bool IsSleep(InvocationExpressionSyntax call) =>
        call.Expression.ToString().EndsWith("Thread.Sleep", StringComparison.Ordinal);

    /// <summary>A delay that no given clock governs, and that does end by itself.</summary>
    public static bool IsDelayByTheMachine(InvocationExpressionSyntax call)
    {
        if (!call.Expression.ToString().EndsWith("Task.Delay", StringComparison.Ordinal)) return false;
        var arguments = call.ArgumentList.Arguments;
        return !IsEndless(arguments) && !(arguments.Count > 1 && IsClock(arguments[1].Expression.ToString()));
    }

    private static bool IsEndless(IReadOnlyList<ArgumentSyntax> arguments) =>
        arguments.Count > 0 && arguments[0].ToString().StartsWith("Timeout.Infinite", StringComparison.Ordinal);

    private static bool IsClock(string argument) =>
        !string.Equals(argument, "TimeProvider.System", StringComparison.Ordinal)
        && (argument.Contains("time", StringComparison.OrdinalIgnoreCase)
            || argument.Contains("clock", StringComparison.OrdinalIgnoreCase));
}
