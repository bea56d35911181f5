using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Domain.Catalogue;

namespace Tally.Api.Hosting;

/// <summary>Reads the small bodies of everything but events.</summary>
/// <param name="bodies">How bodies are read.</param>
internal sealed class JsonBody(RequestBody bodies)
{
    /// <summary>Reads a body.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="call">The request.</param>
    /// <param name="type">How it is read.</param>
    /// <returns>The body, or why it can't be taken.</returns>
    public async ValueTask<(T? Value, Problem? Problem)> Read<T>(ApiCall call, JsonTypeInfo<T> type)
        where T : class
    {
        using var body = new PooledBody();
        if (await bodies.Read(call.Http, body) is { } problem)
        {
            return (null, problem);
        }

        if (FindFault(body.Buffer.AsSpan(0, body.Length)) is { } fault)
        {
            return (null, bodies.ProblemOf(fault));
        }

        try
        {
            return JsonSerializer.Deserialize(body.Buffer.AsSpan(0, body.Length), type) is { } value
                ? (value, null)
                : (null, Invalid("", "The body is an object."));
        }
        catch (JsonException misfit)
        {
            return (null, Invalid(misfit.Path ?? "", "The field is unknown, there twice, or of the wrong type."));
        }
    }

    private static Problem Invalid(string path, string message)
    {
        var field = path.TrimStart('$').TrimStart('.');
        return new(ProblemCode.InvalidBody, "The body does not have the form that is expected here.")
        {
            Errors = [new FieldError(field, "invalid_form", message)],
        };
    }

    // First whether it is JSON at all; only then whether it is the JSON that is expected.
    private static BodyFault? FindFault(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return new(BodyFaultKind.Empty);
        }

        if (EventParser.FindInvalidText(body) is { } fault)
        {
            return fault;
        }

        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException malformed)
        {
            return EventParser.FaultOf(malformed);
        }
    }
}
