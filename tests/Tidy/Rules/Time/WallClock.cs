using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Time;

/// <summary>Time is a dependency: nothing in the product reads the machine's clock or waits by it.</summary>
internal sealed class WallClock : FileRule
{
    private static readonly string[] Readings =
        ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow",
         "Environment.TickCount", "Environment.TickCount64"];

    public override string Name => "wall-clock";

    public override string Remedy =>
        "take TimeProvider: GetUtcNow, GetTimestamp, CreateTimer, Task.Delay(span, timeProvider, token), "
        + "new PeriodicTimer(span, timeProvider), new CancellationTokenSource(span, timeProvider)";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { object M() => DateTime.UtcNow; }"),
        Example.Product("class A { object M() => System.DateTimeOffset.Now.AddDays(1); }"),
        Example.Product("class A { object M() => DateTime.Today; }"),
        Example.Product("class A { Task M() => Task.Delay(1000); }"),
        Example.Product("class A { Task M() => Task.Delay(TimeSpan.FromSeconds(1), _stop); }"),
        Example.Product("class A { object M() => new PeriodicTimer(TimeSpan.FromSeconds(1)); }"),
        Example.Product("class A { object M() => new Timer(Tick, null, 0, 1000); }"),
        Example.Product("class A { object M() => new CancellationTokenSource(1000); }"),
        Example.Product("class A { void M() { Thread.Sleep(1); } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { object M() => _time.GetUtcNow(); DateTime N(DateTime now) => now.Date; }"),
        Example.Product("class A { Task M() => Task.Delay(TimeSpan.FromSeconds(1), _time, _stop); }"),
        Example.Product("class A { Task M() => Task.Delay(Timeout.InfiniteTimeSpan, _stop); }"),
        Example.Product("class A { object M() => new PeriodicTimer(_every, timeProvider); }"),
        Example.Product("class A { object M() => new CancellationTokenSource(); object N() => new Timer(); }"),
        Example.Product("class A { object M() => new CancellationTokenSource(_limit, _time); }"),
        Example.Test("class A { object M() => DateTime.UtcNow; }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from node in file.Unit.DescendantNodes()
        where node switch
        {
            MemberAccessExpressionSyntax access => IsReading(access),
            InvocationExpressionSyntax call => Waits.IsSleep(call) || Waits.IsDelayByTheMachine(call),
            ObjectCreationExpressionSyntax creation => IsTimerOfTheMachine(creation),
            _ => false,
        }
        select file.At(node, node.ToString());

    private static bool IsReading(MemberAccessExpressionSyntax access)
    {
        var text = access.ToString();
        if (text.StartsWith("System.", StringComparison.Ordinal)) text = text["System.".Length..];
        return Readings.Contains(text, StringComparer.Ordinal);
    }

    private static bool IsTimerOfTheMachine(ObjectCreationExpressionSyntax creation) =>
        (creation.Type.ToString(), creation.ArgumentList?.Arguments.Count) is
            ("PeriodicTimer", 1) or ("CancellationTokenSource", 1) or ("Timer", > 1);
}
