using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tally.Contracts.Tenants;

namespace Tally.Api.Hosting;

/// <summary>A request whose caller is known and may do what is asked.</summary>
/// <param name="http">The request.</param>
/// <param name="caller">Whose key it bears.</param>
/// <param name="values">The variable parts of its path, decoded.</param>
internal sealed class ApiCall(HttpContext http, ApiKeyIdentity caller, IReadOnlyDictionary<string, string> values)
{
    /// <summary>The request.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>Whose key it bears.</summary>
    public ApiKeyIdentity Caller { get; } = caller;

    /// <summary>The caller's tenant.</summary>
    public string Tenant => Caller.Tenant;

    /// <summary>When the request is given up.</summary>
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>A variable part of the path.</summary>
    /// <param name="name">Its name in the pattern.</param>
    /// <returns>The text, decoded.</returns>
    public string this[string name] => values[name];

    /// <summary>Answers with JSON.</summary>
    /// <typeparam name="T">The type of the answer.</typeparam>
    /// <param name="answer">The answer.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <returns>A task that completes when it is written.</returns>
    public Task Answer<T>(T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        Http.Response.StatusCode = status;
        return Http.Response.WriteAsJsonAsync(answer, type, "application/json; charset=utf-8", Stop);
    }
}
