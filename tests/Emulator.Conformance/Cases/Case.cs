namespace Tally.Emulator.Conformance.Cases;

/// <summary>One rule of the service, and the calls that prove it.</summary>
/// <param name="Id">Its name: operation, subject, case.</param>
/// <param name="Rule">The rule in one sentence.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Steps">The calls, in their order.</param>
public sealed record Case(string Id, string Rule, string Source, params IReadOnlyList<Step> Steps)
{
    /// <summary>The emulator it needs.</summary>
    public World World { get; init; } = World.Today;

    /// <summary>The secret that calls are signed with; <c>secret</c> is right.</summary>
    public string Secret { get; init; } = "secret";

    /// <summary>The access key when it isn't the case's own account.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The region that is called.</summary>
    public string Region { get; init; } = "us-east-1";
}
