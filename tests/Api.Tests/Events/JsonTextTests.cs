using System.Text;
using System.Text.Json;
using CsCheck;
using Tally.Api.Events;

namespace Tally.Api.Tests.Events;

public sealed class JsonTextTests
{
    private static readonly Gen<string> Part = Gen.OneOf(
        Gen.Char['\u0020', '\u0021'].Select(letter => letter.ToString()),
        Gen.Char['\u0023', '\u005B'].Select(letter => letter.ToString()),
        Gen.OneOf("\\\"", "\\\\", "\\/", "\\n", "\\t", "\\r", "\\b", "\\f", "é", "漢", "😀"),
        Gen.Char.Select(letter => $"\\u{(int)letter:x4}"),
        Gen.Char['\ud800', '\udfff'].Select(letter => $"\\u{(int)letter:X4}"),
        Gen.OneOf("\\ud83d\\ude00", "\\uDBFF\\uDFFF", "\\ud800", "\\udc00"));

    [Fact]
    public void TryUnescape_AnyString_AgreesWithTheRuntime() =>
        Part.Array[0, 12].Select(string.Concat).Sample(escaped =>
        {
            var text = Encoding.UTF8.GetBytes(escaped);
            var isText = JsonText.TryUnescape(text, out var length);
            using var document = JsonDocument.Parse($"\"{escaped}\"");
            string? expected;
            try
            {
                expected = document.RootElement.GetString();
            }
            catch (InvalidOperationException)
            {
                expected = null;
            }

            Assert.Equal(expected is not null, isText);
            if (isText)
            {
                Assert.Equal(expected, Encoding.UTF8.GetString(text, 0, length));
            }
        });
}
