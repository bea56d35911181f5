#nullable enable
using System.Globalization;
using System.Text.Json;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>The simple types of the service model.</summary>
internal static class JsonForms
{
    public static readonly IJsonForm<string?> Text = new TextForm();
    public static readonly IJsonForm<int?> Whole = new WholeForm();
    public static readonly IJsonForm<bool?> Flag = new FlagForm();
    public static readonly IJsonForm<DateTime?> EpochSeconds = new EpochSecondsForm();
    public static readonly IJsonForm<UsageRecordResultStatus?> Status = new StatusForm();

    public static JsonException Unexpected(JsonTokenType token, string wanted) =>
        new($"Found {token} where {wanted} belongs.");

    private sealed class TextForm : IJsonForm<string?>
    {
        public void Write(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

        public string? Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
            ? reader.GetString()
            : throw Unexpected(reader.TokenType, "a string");
    }

    private sealed class WholeForm : IJsonForm<int?>
    {
        public void Write(Utf8JsonWriter writer, int? value) => writer.WriteNumberValue(value!.Value);

        public int? Read(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.Number)
                throw Unexpected(reader.TokenType, "a whole number");
            // 25, 25.0 and 2.5e1 are the same number in JSON.
            return reader.TryGetDecimal(out var value)
                && value == decimal.Truncate(value) && value is >= int.MinValue and <= int.MaxValue
                ? (int)value
                : throw new JsonException("Found a number that isn't a whole one of 32 bits.");
        }
    }

    private sealed class FlagForm : IJsonForm<bool?>
    {
        public void Write(Utf8JsonWriter writer, bool? value) => writer.WriteBooleanValue(value!.Value);

        public bool? Read(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Unexpected(reader.TokenType, "true or false"),
        };
    }

    private sealed class StatusForm : IJsonForm<UsageRecordResultStatus?>
    {
        public void Write(Utf8JsonWriter writer, UsageRecordResultStatus? value) =>
            Text.Write(writer, value!.ToString());

        public UsageRecordResultStatus? Read(ref Utf8JsonReader reader) =>
            UsageRecordResultStatus.FindValue(Text.Read(ref reader));
    }

    /// <summary>Seconds since 1970 in UTC: whole ones are sent, any are understood.</summary>
    private sealed class EpochSecondsForm : IJsonForm<DateTime?>
    {
        public void Write(Utf8JsonWriter writer, DateTime? value)
        {
            var utc = value!.Value.Kind == DateTimeKind.Local
                ? value.Value.ToUniversalTime()
                : DateTime.SpecifyKind(value.Value, DateTimeKind.Utc);
            // Rounds down, before 1970, too: a moment never leaves its hour. UsageRecord.Timestamp has the reasons.
            writer.WriteNumberValue(new DateTimeOffset(utc).ToUnixTimeSeconds());
        }

        public DateTime? Read(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDecimal(out var seconds) => FromSeconds(seconds),
            JsonTokenType.String when DateTimeOffset.TryParse(
                reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) =>
                moment.UtcDateTime,
            _ => throw Unexpected(reader.TokenType, "a timestamp"),
        };

        private static DateTime FromSeconds(decimal seconds)
        {
            var ticks = decimal.Floor(seconds * TimeSpan.TicksPerSecond) + DateTime.UnixEpoch.Ticks;
            return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
                ? new DateTime((long)ticks, DateTimeKind.Utc)
                : throw new JsonException("Found a timestamp beyond the years 1 to 9999.");
        }
    }
}
