using System.Net;
using Tally.Client.Errors;

namespace Tally.Client;

/// <summary>The platform refused a request as a whole, or failed.</summary>
public sealed class TallyException : Exception
{
    internal TallyException(HttpStatusCode status, ProblemDocument problem)
        : base(MessageOf(status, problem))
    {
        Status = status;
        Code = problem.Code;
        Detail = problem.Detail;
        Line = problem.Line;
        Byte = problem.Byte;
        FieldErrors = problem.Errors ?? [];
    }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>
    /// The platform's stable name for the kind of error, for example <c>unknown_customer</c>; null where the answer is
    /// not the platform's, but that of a proxy.
    /// </summary>
    public string? Code { get; }

    /// <summary>What it is in this case, for people; null where the message says it all.</summary>
    public string? Detail { get; }

    /// <summary>In which line of the body it is, from 1; null where that means nothing.</summary>
    public long? Line { get; }

    /// <summary>At which byte of that line it is, from 0; null where that means nothing.</summary>
    public long? Byte { get; }

    /// <summary>What is wrong with each field; empty where it is none of a field.</summary>
    public IReadOnlyList<TallyFieldError> FieldErrors { get; }

    private static string MessageOf(HttpStatusCode status, ProblemDocument problem)
    {
        var title = problem.Title ?? $"The platform answered with status {(int)status}.";
        var code = problem.Code is null ? title : $"{problem.Code}: {title}";
        var detail = problem.Detail is null ? code : $"{code} {problem.Detail}";
        var fields = problem.Errors?.Select(error => $" {error.Field}: {error.Message}") ?? [];
        return detail + string.Concat(fields);
    }
}
