using System.Text.Json;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>What a call is answered with: an error, or else what writes the result.</summary>
/// <param name="Error">The error; null: it was carried out.</param>
/// <param name="Records">How many usage records the call had.</param>
/// <param name="WriteResult">Writes the result; not called when there is an error.</param>
internal sealed record Answer(ServiceError? Error, int Records, Action<Utf8JsonWriter> WriteResult)
{
    public int Status => Error?.HttpStatus ?? StatusCodes.Status200OK;

    public static Answer Of(ServiceError error, int records = 0) => new(error, records, _ => { });

    public void Write(Utf8JsonWriter json)
    {
        if (Error is not null) AwsJsonWriter.Write(json, Error);
        else WriteResult(json);
    }
}
