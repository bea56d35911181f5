using System.Globalization;
using System.Text.Json;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>
/// Goes through the objects of a JSON text one by one, whether they stand in an array, in one member of an object, or
/// one behind the other. Only one of them is in memory as a tree.
/// </summary>
internal static class JsonItems
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    /// <summary>Goes through the items.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="lists">Members of an object, of which the first that is an array has the items.</param>
    /// <param name="take">Gets each with its line, and throws <see cref="FormatException"/> for what is wrong.</param>
    /// <returns>The first fault; null for none.</returns>
    public static EvidenceFault? ForEach(
        ReadOnlySpan<byte> utf8, IReadOnlyList<string> lists, Action<JsonElement, int> take)
    {
        var lines = new LineCounter();
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    var inside = reader;
                    if (TryEnter(ref inside, lists))
                    {
                        TakeArray(ref inside, utf8, ref lines, take);
                        SkipRest(ref inside, reader.CurrentDepth);
                        reader = inside;
                        continue;
                    }
                }

                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    TakeArray(ref reader, utf8, ref lines, take);
                }
                else
                {
                    TakeItem(ref reader, utf8, ref lines, take);
                }
            }

            return null;
        }
        catch (JsonException malformed)
        {
            var line = (malformed.LineNumber ?? 0) + 1;
            var place = (malformed.BytePositionInLine ?? 0).ToString(CultureInfo.InvariantCulture);
            return new((int)line, $"It stops being JSON at byte {place} of the line.");
        }
        catch (FormatException misfit)
        {
            return new(lines.Line, misfit.Message);
        }
    }

    private static bool TryEnter(ref Utf8JsonReader reader, IReadOnlyList<string> lists)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = false;
            foreach (var name in lists)
            {
                isList |= reader.ValueTextEquals(name);
            }

            reader.Read();
            if (isList && reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == depth + 1)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static void TakeArray(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref LineCounter lines, Action<JsonElement, int> take)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            TakeItem(ref reader, utf8, ref lines, take);
        }
    }

    private static void TakeItem(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref LineCounter lines, Action<JsonElement, int> take)
    {
        lines.GoTo(utf8, (int)reader.TokenStartIndex);
        var item = JsonElement.ParseValue(ref reader);
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object is expected here.");
        }

        take(item, lines.Line);
    }

    private static void SkipRest(ref Utf8JsonReader reader, int depth)
    {
        while (reader.Read() && (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth != depth))
        {
            reader.TrySkip();
        }
    }

    /// <summary>Says in which line a place is, going forward only.</summary>
    private struct LineCounter
    {
        private int _place;
        private int _ends;

        public readonly int Line => _ends + 1;

        public void GoTo(ReadOnlySpan<byte> utf8, int place)
        {
            _ends += utf8[_place..place].Count((byte)'\n');
            _place = place;
        }
    }
}
