namespace Tally.Client.Errors;

/// <summary>Problem details (RFC 9457) as the platform writes them; any member can be missing.</summary>
internal sealed record ProblemDocument(
    string? Title = null,
    string? Code = null,
    string? Detail = null,
    long? Line = null,
    long? Byte = null,
    IReadOnlyList<TallyFieldError>? Errors = null);
