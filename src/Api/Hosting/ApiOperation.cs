using Tally.Api.Errors;

namespace Tally.Api.Hosting;

/// <summary>One thing that the API can do.</summary>
/// <param name="Name">Its name, used in metrics and as the operation's id.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route pattern; its parameters stand for whole segments.</param>
/// <param name="Scope">Which scope the key needs.</param>
/// <param name="Handle">Does it. Returns why not, or null when it has answered.</param>
internal sealed record ApiOperation(
    string Name,
    string Method,
    string Pattern,
    string Scope,
    Func<ApiCall, Task<Problem?>> Handle)
{
    /// <summary>Under which heading it is documented.</summary>
    public required string Tag { get; init; }

    /// <summary>What it does, in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>What one should know about it.</summary>
    public required string Description { get; init; }

    /// <summary>The type of its body; null for none.</summary>
    public Type? Request { get; init; }

    /// <summary>The content types of a body in forms that aren't Tally's own; none for no such body.</summary>
    public IReadOnlyList<string> Bodies { get; init; } = [];

    /// <summary>The type of its answer; null for none.</summary>
    public Type? Answer { get; init; }

    /// <summary>The status code of its answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>A body, as JSON.</summary>
    public string? RequestExample { get; init; }

    /// <summary>An answer, as JSON.</summary>
    public string? AnswerExample { get; init; }

    /// <summary>The members of its query.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>The errors that are its own; those that all operations have are known.</summary>
    public IReadOnlyList<ProblemCode> Problems { get; init; } = [];

    /// <summary>Where the variable parts stand in its path.</summary>
    public RawPath Path { get; } = new(Pattern);
}
