namespace Tally.Api.Errors;

/// <summary>An error as it is answered: problem details (RFC 9457) with a stable code.</summary>
/// <param name="Type">A URI that names the kind of error.</param>
/// <param name="Title">What the kind means.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">The kind's stable name, for programs.</param>
/// <param name="Detail">What it is in this case.</param>
/// <param name="Line">In which line of the body it is, from 1.</param>
/// <param name="Byte">At which byte of that line it is, from 0.</param>
/// <param name="Errors">What is wrong with each field.</param>
internal sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Code,
    string? Detail,
    long? Line,
    long? Byte,
    IReadOnlyList<FieldProblem>? Errors);

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">The field's path, for example <c>dimensions.api_calls.rounding</c>.</param>
/// <param name="Code">A stable code, for example <c>required</c>.</param>
/// <param name="Message">One sentence for a person.</param>
internal sealed record FieldProblem(string Field, string Code, string Message);
