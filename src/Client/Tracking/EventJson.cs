using System.Text.Json;

namespace Tally.Client.Tracking;

/// <summary>Writes events as they are sent.</summary>
internal static class EventJson
{
    /// <summary>Completes an event and writes it.</summary>
    /// <param name="usage">The event.</param>
    /// <param name="now">When it is handed over.</param>
    /// <returns>The event as it is kept: what happens to the given one's tags from here on changes nothing.</returns>
    public static Tracked Track(UsageEvent usage, DateTimeOffset now)
    {
        var complete = usage with
        {
            Id = usage.Id ?? Guid.CreateVersion7(now).ToString(),
            Time = usage.Time ?? now,
            Tags = usage.Tags is { Count: > 0 } tags ? new Dictionary<string, string>(tags) : null,
        };
        using var buffer = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, complete);
        }

        buffer.WriteByte((byte)'\n');
        return new(complete, buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, UsageEvent usage)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, usage.Id);
        writer.WriteString("product"u8, usage.Product);
        writer.WriteString("customer"u8, usage.Customer);
        writer.WriteString("dimension"u8, usage.Dimension);
        writer.WriteNumber("quantity"u8, usage.Quantity);
        writer.WriteString("time"u8, usage.Time!.Value);
        if (usage.Tags is { } tags)
        {
            writer.WriteStartObject("tags"u8);
            foreach (var (key, value) in tags)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
