using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Tally.Api.Events;

namespace Tally.Api.Tests.Events;

/// <summary>The parser against a slow and obvious one on System.Text.Json's trees.</summary>
public sealed partial class EventParserTests
{
    private const int CountMax = 40;

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.OneOf(
            "1", "0", "-1", "12.5", "1e3", "9000000000000", "9000000000001", "0.0000001", "true", "null", "{}", "[]",
            "\"\"", "\"x\"", "\"a\\nb\"", "\"\\ud800\"", "\"😀\"", "[1,{\"a\":[2]}]", "{\"k\":\"v\",\"a\":\"b\"}",
            "{\"a\":1}", "{\"a\":\"b\",\"a\":\"c\"}", "\"2026-11-22T10:20:30Z\"", "\"2026-11-22T10:20:30.5+01:00\""),
        Gen.Int[-5, 300].Select(length => $"\"{new string('y', Math.Abs(length))}\""));

    private static readonly Gen<string> Name = Gen.OneOf(
        "id", "product", "customer", "dimension", "quantity", "time", "tags", "i\\u0064", "other", "Id", "\\ud800", "");

    private static readonly Gen<string> Good = Gen.Select(
        Gen.Int[0, 5],
        Gen.OneOf("", ",\"time\":\"2026-11-22T10:20:30Z\"", ",\"tags\":{\"b\":\"1\",\"a\":\"\\u0062\"}"),
        (number, more) =>
            $$"""{"id":"i{{number}}","product":"p","customer":"c\u00e9","dimension":"d","quantity":{{number}}.5"""
            + more + "}");

    private static readonly Gen<string> Event = Gen.Frequency(
        (4, Good),
        (4, Gen.Select(Name, Value, (name, value) => $"\"{name}\": {value}").Array[0, 9].Select(members =>
            $"{{{string.Join(" , ", members)}}}")),
        (1, Value));

    private static readonly Gen<string> Body = Gen.Frequency(
        (3, Event.Array[0, 8].Select(events => $"[{string.Join(",\n", events)}]")),
        (3, Event.Array[1, 8].Select(events => string.Join("\n", events))),
        (1, Event.Array[1, 4].Array[1, 3].Select(parts =>
            string.Join(" ", parts.Select(part => $"[{string.Join(",", part)}]")))));

    [Fact]
    public void TryParse_WellFormedBody_AgreesWithTheModel() => Body.Sample(Check, iter: 4_000);

    [Fact]
    public void TryParse_MutatedBody_AgreesWithTheModelAndNeverThrows() =>
        Gen.Select(Body, Gen.Int[0, 3].Array[1, 3], Gen.Int.Array[3], Gen.Byte.Array[3]).Sample(
            (body, kinds, places, bytes) =>
            {
                var mutated = new List<byte>(Encoding.UTF8.GetBytes(body));
                for (var index = 0; index < kinds.Length && mutated.Count > 1; index++)
                {
                    var at = (int)(unchecked((uint)places[index]) % (uint)mutated.Count);
                    switch (kinds[index])
                    {
                        case 0:
                            mutated.RemoveAt(at);
                            break;
                        case 1:
                            mutated.Insert(at, (byte)"{}[]\",:\\1u"[bytes[index] % 10]);
                            break;
                        case 2:
                            mutated[at] = bytes[index];
                            break;
                        default:
                            mutated.RemoveRange(at, mutated.Count - at);
                            break;
                    }
                }

                Check([.. mutated]);
            },
            iter: 12_000);

    [Fact]
    public void TryParse_DeepNesting_IsMalformed()
    {
        var body = Encoding.UTF8.GetBytes(new string('[', 100_000));
        using var events = new ParsedEvents();

        Assert.Equal(BodyFaultKind.MalformedJson, EventParser.TryParse(body, body.Length, CountMax, events)?.Kind);
    }

    private static void Check(string body) => Check(Encoding.UTF8.GetBytes(body));

    private static void Check(byte[] body)
    {
        var expected = Model.Read(body);
        using var events = new ParsedEvents();
        var copy = (byte[])body.Clone();
        var fault = EventParser.TryParse(copy, copy.Length, CountMax, events);
        if (expected is null)
        {
            Assert.NotNull(fault);
            Assert.InRange(fault.Line, 0, 1 + body.Count(one => one == '\n'));
            return;
        }

        if (expected.Count > CountMax)
        {
            Assert.Equal(BodyFaultKind.TooManyEvents, fault?.Kind);
            return;
        }

        Assert.Null(fault);
        Assert.Equal(expected, [.. events.Span.ToArray().Select(parsed => Model.Show(parsed, copy))]);
    }

    private static partial class Model
    {
        private static readonly string[] Names =
            ["id", "product", "customer", "dimension", "quantity", "time", "tags"];

        public static List<string>? Read(byte[] body)
        {
            try
            {
                _ = new UTF8Encoding(false, true).GetString(body);
                var values = new List<JsonElement>();
                var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
                while (reader.Read())
                {
                    var value = JsonElement.ParseValue(ref reader);
                    values.AddRange(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value]);
                }

                return reader.BytesConsumed == 0 || body.All(one => one is 32 or 9 or 10 or 13)
                    ? null
                    : [.. values.Select(Show)];
            }
            catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
            {
                return null;
            }
        }

        public static string Show(ParsedEvent parsed, byte[] body) => parsed.Code is not EventCode.None
            ? parsed.Code.ToString()
            : string.Join(
                '|',
                Encoding.UTF8.GetString(parsed.Id.In(body)),
                Encoding.UTF8.GetString(parsed.Product.In(body)),
                Encoding.UTF8.GetString(parsed.Customer.In(body)),
                Encoding.UTF8.GetString(parsed.Dimension.In(body)),
                parsed.Micros,
                parsed.Fields.HasFlag(EventField.Time) ? parsed.Ticks : -1,
                Encoding.UTF8.GetString(parsed.Tags.In(body)));

        private static string Show(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                return nameof(EventCode.NotAnObject);
            }

            var members = value.EnumerateObject().Select(member => (Name: NameOf(member), member.Value)).ToList();
            var codes = new List<EventCode>();
            codes.AddRange(
                from member in members where !Names.Contains(member.Name) select EventCode.UnknownField);
            codes.AddRange(
                from member in members
                where Names.Contains(member.Name)
                group member by member.Name into same
                where same.Count() > 1
                select EventCode.DuplicateField);
            var first = members.GroupBy(member => member.Name ?? "")
                .ToDictionary(same => same.Key, same => same.First().Value);
            codes.AddRange(
                from name in Names[..5] where !first.ContainsKey(name) select EventCode.MissingField);
            var parts = new List<object?>
            {
                Text(first, "id", EventCode.InvalidId, codes),
                Text(first, "product", EventCode.UnknownProduct, codes),
                Text(first, "customer", EventCode.InvalidCustomer, codes),
                Text(first, "dimension", EventCode.UnknownDimension, codes),
                Micros(first, codes),
                Ticks(first, codes),
                Tags(first, codes),
            };
            return codes.Count > 0 ? codes.Min().ToString() : string.Join('|', parts);
        }

        private static string? NameOf(JsonProperty member)
        {
            try
            {
                return member.Name;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private static string? TextOf(JsonElement value, int least, int most)
        {
            try
            {
                return value.ValueKind == JsonValueKind.String
                    && value.GetString()!.Length is var length && length >= least && length <= most
                        ? value.GetString()
                        : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private static string? Text(
            Dictionary<string, JsonElement> members, string name, EventCode code, List<EventCode> codes)
        {
            if (!members.TryGetValue(name, out var value))
            {
                return null;
            }

            var text = TextOf(value, 1, 255);
            codes.AddRange(text is null ? [code] : []);
            return text;
        }

        private static long Micros(Dictionary<string, JsonElement> members, List<EventCode> codes)
        {
            if (!members.TryGetValue("quantity", out var value))
            {
                return 0;
            }

            if (value.ValueKind != JsonValueKind.Number)
            {
                codes.Add(EventCode.InvalidQuantity);
                return 0;
            }

            var isDecimal = decimal.TryParse(
                value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            EventCode? code = value.GetRawText()[0] == '-' && number != 0 ? EventCode.NegativeQuantity
                : !isDecimal || number > 9_000_000_000_000m ? EventCode.QuantityTooLarge
                : number * 1_000_000m % 1 != 0 ? EventCode.QuantityTooPrecise
                : null;
            codes.AddRange(code is { } wrong ? [wrong] : []);
            return code is null ? (long)(number * 1_000_000m) : 0;
        }

        private static long Ticks(Dictionary<string, JsonElement> members, List<EventCode> codes)
        {
            if (!members.TryGetValue("time", out var value))
            {
                return -1;
            }

            if (TimePattern().Match(TextOf(value, 1, 1_000) ?? "") is { Success: true } match
                && DateTime.TryParseExact(
                    match.Groups["local"].Value.ToUpperInvariant(),
                    "s",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var local))
            {
                var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
                var sign = match.Groups["sign"].Value == "-" ? -1 : 1;
                var offset = TimeSpan.TryParse(match.Groups["offset"].Value, CultureInfo.InvariantCulture, out var span)
                    ? span * sign
                    : TimeSpan.Zero;
                return local.Ticks + long.Parse(fraction, CultureInfo.InvariantCulture) - offset.Ticks;
            }

            codes.Add(EventCode.InvalidTime);
            return -1;
        }

        private static string Tags(Dictionary<string, JsonElement> members, List<EventCode> codes)
        {
            if (!members.TryGetValue("tags", out var value))
            {
                return "";
            }

            var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
            var isValid = value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member =>
                NameOf(member) is { Length: > 0 and <= 100 } name
                && !name.Contains('\0', StringComparison.Ordinal)
                && TextOf(member.Value, 0, 256) is { } text
                && !text.Contains('\0', StringComparison.Ordinal)
                && tags.TryAdd(name, text));
            codes.AddRange(isValid && tags.Count <= 20 ? [] : [EventCode.InvalidTags]);
            return string.Concat(tags.Select(tag => $"{tag.Key}\0{tag.Value}\0"));
        }

        [GeneratedRegex(
            @"^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?"
            + @"([Zz]|(?<sign>[+-])(?<offset>([01][0-9]|2[0-3]):[0-5][0-9]))\z",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
        private static partial Regex TimePattern();
    }
}
