using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Domain.Quantities;

namespace Tally.Api.Hosting;

/// <summary>Writes quantities as JSON numbers with all their digits.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    /// <inheritdoc />
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Quantities are only written.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(), skipInputValidation: true);
}
