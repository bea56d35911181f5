using Tally.Domain.Catalogue;

namespace Tally.Api.Errors;

/// <summary>Why a request as a whole is refused.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Detail">What it is in this case, one precise sentence; null where the title says it all.</param>
internal sealed record Problem(ProblemCode Kind, string? Detail = null)
{
    /// <summary>What is wrong with each field.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>In which line of the body it is, from 1; null where that means nothing.</summary>
    public long? Line { get; init; }

    /// <summary>At which byte of that line it is, from 0.</summary>
    public long? Byte { get; init; }

    /// <summary>Which methods there are, for <see cref="ProblemCode.MethodNotAllowed"/>.</summary>
    public string? Allow { get; init; }
}
