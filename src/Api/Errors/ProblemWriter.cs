using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Tally.Api.Hosting;

namespace Tally.Api.Errors;

/// <summary>Answers requests with problem details.</summary>
/// <param name="options">What <c>Retry-After</c> says.</param>
internal sealed class ProblemWriter(IOptions<TallyApiOptions> options)
{
    /// <summary>What the types of errors begin with; the code follows.</summary>
    public const string TypePrefix = "urn:tally:problem:";

    private readonly string _retryAfter =
        ((long)Math.Ceiling(options.Value.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Answers a request, unless its answer has begun.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">Why it is refused.</param>
    /// <returns>A task that completes when it is written.</returns>
    public async Task Write(HttpContext context, Problem problem)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = problem.Kind.Status;
        response.ContentType = "application/problem+json";
        AddHeaders(response.Headers, problem);
        var document = new ProblemDocument(
            TypePrefix + problem.Kind.Code,
            problem.Kind.Title,
            problem.Kind.Status,
            problem.Kind.Code,
            problem.Detail,
            problem.Line,
            problem.Byte,
            problem.Errors.Count == 0
                ? null
                : [.. problem.Errors.Select(error => new FieldProblem(error.Field, error.Code, error.Message))]);
        await JsonSerializer.SerializeAsync(
            response.BodyWriter, document, ApiJsonContext.Default.ProblemDocument, context.RequestAborted);
    }

    private void AddHeaders(IHeaderDictionary headers, Problem problem)
    {
        switch (problem.Kind.Status)
        {
            case StatusCodes.Status401Unauthorized:
                headers.WWWAuthenticate = "Bearer realm=\"tally\"";
                break;
            case StatusCodes.Status405MethodNotAllowed:
                headers.Allow = problem.Allow;
                break;
            case StatusCodes.Status503ServiceUnavailable:
                headers.RetryAfter = _retryAfter;
                break;
            default:
                break;
        }
    }
}
