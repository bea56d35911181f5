namespace Tally.Client;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The field's path, for example <c>dimensions.api_calls.rounding</c>.</param>
/// <param name="Code">A stable code, for example <c>required</c>.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record TallyFieldError(string Field, string Code, string Message);
