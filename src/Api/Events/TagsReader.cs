using System.Buffers;
using System.Text.Json;

namespace Tally.Api.Events;

/// <summary>Reads an event's tags and puts them, sorted, into the place in the body where they stood.</summary>
internal static class TagsReader
{
    /// <summary>The most tags of an event.</summary>
    public const int CountMax = 20;

    /// <summary>The longest key, in characters.</summary>
    public const int KeyLengthMax = 100;

    /// <summary>The longest value, in characters.</summary>
    public const int ValueLengthMax = 256;

    private const int OnStackMax = 512;

    /// <summary>Reads an object of strings; the reader is left at its end whatever is wrong with it.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="body">What the reader reads; overwritten where the tags are.</param>
    /// <param name="tags">Where the tags lie now, as <c>key\0value\0</c>; never longer than they were as JSON.</param>
    /// <param name="origin">Where in the body the reader began.</param>
    /// <returns>Whether they are valid.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, byte[] body, out TextRange tags, int origin = 0)
    {
        tags = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var start = (int)reader.TokenStartIndex + origin;
        Span<TextRange> keys = stackalloc TextRange[CountMax];
        Span<TextRange> values = stackalloc TextRange[CountMax];
        var count = 0;
        var isValid = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isValid &= EventText.TryTake(ref reader, body, out var key, origin) && IsText(key, body, 1, KeyLengthMax);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || count == CountMax)
            {
                isValid = false;
                reader.Skip();
                continue;
            }

            isValid &= EventText.TryTake(ref reader, body, out var value, origin)
                && IsText(value, body, 0, ValueLengthMax);
            (keys[count], values[count]) = (key, value);
            count++;
        }

        if (!isValid || !TrySort(keys[..count], values[..count], body))
        {
            return false;
        }

        tags = new(start, Arrange(keys[..count], values[..count], body, start));
        return true;
    }

    /// <summary>Finds a tag's value.</summary>
    /// <param name="tags">The tags as they were put.</param>
    /// <param name="key">The key in UTF-8.</param>
    /// <param name="value">The value in UTF-8.</param>
    /// <returns>Whether there is such a tag.</returns>
    public static bool TryFind(ReadOnlySpan<byte> tags, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        while (!tags.IsEmpty)
        {
            var keyEnd = tags.IndexOf((byte)0);
            var isFound = tags[..keyEnd].SequenceEqual(key);
            tags = tags[(keyEnd + 1)..];
            var valueEnd = tags.IndexOf((byte)0);
            value = tags[..valueEnd];
            if (isFound)
            {
                return true;
            }

            tags = tags[(valueEnd + 1)..];
        }

        value = default;
        return false;
    }

    // A zero byte is the separator, so no tag can hold one.
    private static bool IsText(TextRange text, byte[] body, int least, int most) =>
        EventText.HasLength(text.In(body), least, most) && !text.In(body).Contains((byte)0);

    private static int Arrange(Span<TextRange> keys, Span<TextRange> values, byte[] body, int start)
    {
        var size = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            size += keys[index].Length + values[index].Length + 2;
        }

        var rented = size > OnStackMax ? ArrayPool<byte>.Shared.Rent(size) : null;
        var scratch = rented is null ? stackalloc byte[OnStackMax] : rented;
        var at = 0;
        for (var index = 0; index < keys.Length; index++)
        {
            at = Put(scratch, at, keys[index].In(body));
            at = Put(scratch, at, values[index].In(body));
        }

        scratch[..at].CopyTo(body.AsSpan(start));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return at;
    }

    private static int Put(Span<byte> target, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[at..]);
        target[at + text.Length] = 0;
        return at + text.Length + 1;
    }

    // By insertion: there are at most twenty, and nearly always one or two. False when a key is there twice.
    private static bool TrySort(Span<TextRange> keys, Span<TextRange> values, byte[] body)
    {
        for (var next = 1; next < keys.Length; next++)
        {
            for (var at = next; at > 0; at--)
            {
                var order = keys[at - 1].In(body).SequenceCompareTo(keys[at].In(body));
                if (order == 0)
                {
                    return false;
                }

                if (order < 0)
                {
                    break;
                }

                (keys[at - 1], keys[at]) = (keys[at], keys[at - 1]);
                (values[at - 1], values[at]) = (values[at], values[at - 1]);
            }
        }

        return true;
    }
}
