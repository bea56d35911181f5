using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Api.Compatibility.Wire;

/// <summary>A call whose signature is right and whose key may do what is asked.</summary>
/// <param name="Tenant">Whose key it was signed with.</param>
/// <param name="Body">The request's body.</param>
/// <param name="Stop">When the request is given up.</param>
internal sealed record AwsCall(string Tenant, ReadOnlyMemory<byte> Body, CancellationToken Stop)
{
    /// <summary>Reads the body.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="type">How it is read.</param>
    /// <returns>The request.</returns>
    /// <exception cref="JsonException">It is no such JSON.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Body.Span, type) ?? throw new JsonException("The body is an object.");
}

/// <summary>What a call is answered with.</summary>
/// <param name="Error">Why it is refused; null when it isn't.</param>
/// <param name="Body">The result, as JSON; empty with an error.</param>
internal readonly record struct AwsAnswer(AwsError? Error, ReadOnlyMemory<byte> Body)
{
    /// <summary>Refuses the call.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The answer.</returns>
    public static AwsAnswer Of(AwsError error) => new(error, default);

    /// <summary>Answers the call.</summary>
    /// <typeparam name="T">What the result is.</typeparam>
    /// <param name="result">The result.</param>
    /// <param name="type">How it is written.</param>
    /// <returns>The answer.</returns>
    public static AwsAnswer Of<T>(T result, JsonTypeInfo<T> type) =>
        new(null, JsonSerializer.SerializeToUtf8Bytes(result, type));
}
