using System.Text.Json;

namespace Tally.Bench.Rivals;

/// <summary>Reads every field of every event of a request, as any server has to that counts them.</summary>
internal static class EventReader
{
    /// <summary>Reads a JSON array of events.</summary>
    /// <param name="json">The request's body.</param>
    /// <param name="keep">Where to put the events; null to look at each and keep none.</param>
    /// <returns>How many events there were.</returns>
    public static int Read(ReadOnlySpan<byte> json, EventColumns? keep)
    {
        var reader = new Utf8JsonReader(json);
        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadEvent(ref reader, keep);
                count++;
            }
        }

        return count;
    }

    private static void ReadEvent(ref Utf8JsonReader reader, EventColumns? keep)
    {
        var row = default(EventColumns.Row);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                row.EventId = Text(ref reader);
            }
            else if (reader.ValueTextEquals("product"u8))
            {
                row.Product = Text(ref reader);
            }
            else if (reader.ValueTextEquals("customer"u8))
            {
                row.Customer = Text(ref reader);
            }
            else if (reader.ValueTextEquals("dimension"u8))
            {
                row.Dimension = Text(ref reader);
            }
            else if (reader.ValueTextEquals("quantity"u8) && reader.Read())
            {
                row.Quantity = reader.GetDecimal();
            }
            else if (reader.ValueTextEquals("time"u8) && reader.Read())
            {
                row.Time = reader.GetDateTimeOffset().UtcDateTime;
            }
            else
            {
                throw new JsonException($"unknown field {reader.GetString()}");
            }
        }

        keep?.Add(row);
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() ? reader.GetString() : null;
}
