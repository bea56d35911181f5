using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace Tally.Emulator.Admin;

/// <summary>Reads the bodies of the emulator's own endpoints, and refuses those that are not right.</summary>
internal static class AdminBody
{
    private const long BodyBytesMax = 64L * 1024 * 1024;

    /// <summary>The body, or else the answer that says what is wrong with it.</summary>
    public static async Task<(IResult? Problem, T? Value)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            var value = await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
            return value is null ? (Mistaken(["The body must be a JSON object, not null."]), null) : (null, value);
        }
        catch (JsonException broken)
        {
            return (Mistaken([$"The body is not what is expected. {JsonMistake.Of(broken, type)}"]), null);
        }
    }

    public static IResult Mistaken(IReadOnlyList<string> mistakes) => TypedResults.Problem(
        string.Join(' ', mistakes), statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid.");
}
