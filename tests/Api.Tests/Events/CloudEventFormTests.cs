using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Tally.Api.Events;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Products;
using Tally.Api.Tests.Endpoints;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Tests.Events;

/// <summary>CloudEvents of any bytes.</summary>
public sealed class CloudEventFormTests
{
    private static readonly CachedDimension Calls =
        new([.. "calls"u8], new(0, "calls", Aggregation.Sum, RoundingRule.Floor, null, Retired: false), 0, null);

    private static readonly Gen<string> Event = Gen.OneOf(
        [
            .. CloudEventCodeTests.Refusals.Select(row => row.Data.Item2),
            .. CloudEventCodeTests.Edges.Select(row => row.Data),
        ]);

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.OneOf("1", "0.5", "-1", "null", "\"x\"", "[1,{\"value\":2}]", "{\"value\":3}", "{\"a\":\"\\u0062\"}"),
        Gen.String[Gen.Char["\\\"/ab\n\0é"], 0, 12].Select(text => JsonSerializer.Serialize(text)));

    private static readonly Gen<string> Data = Gen.Select(
        Gen.OneOf("product", "quantity", "value", "tags", "other", "t\\u0061gs", "a\\/b"),
        Value,
        (name, value) => $"\"{name}\": {value}").Array[0, 5].Select(members => $"{{{string.Join(" , ", members)}}}");

    [Fact]
    public void TryParse_MutatedBody_NeverThrows() =>
        Gen.Select(Event.Array[1, 3], Gen.Int.Array[3], Gen.Byte.Array[3]).Sample(
            (events, places, bytes) =>
            {
                var body = new List<byte>(Encoding.UTF8.GetBytes(string.Join("\n", events)));
                for (var index = 0; index < places.Length; index++)
                {
                    var at = (int)(unchecked((uint)places[index]) % (uint)body.Count);
                    body[at] = (bytes[index] & 1) == 0 ? "{}[]\",:\\1u"u8[bytes[index] % 10] : bytes[index];
                }

                Parse([.. body], (in parsed, _) => Assert.NotNull(Enum.GetName(parsed.Code)));
            },
            iter: 4_000);

    [Fact]
    public void TryParse_AnyData_IsReadAsTheTreeHasIt() =>
        Data.Sample(
            data =>
            {
                var json = CloudEventCodeTests.With("data", data);
                Parse(Encoding.UTF8.GetBytes(json), (in parsed, body) => Agree(data, parsed, body));
            },
            iter: 8_000);

    private static void Agree(string data, in ParsedEvent parsed, byte[] body)
    {
        using var tree = JsonDocument.Parse(data);
        var members = tree.RootElement.EnumerateObject().ToLookup(member => member.Name, member => member.Value);
        var quantities = members["quantity"].Concat(members["value"]).ToList();
        var isTwice = members["product"].Count() > 1 || members["tags"].Count() > 1 || quantities.Count > 1;
        Assert.Equal(isTwice, parsed.Code == EventCode.DuplicateField);
        if (parsed.Code != EventCode.None)
        {
            return;
        }

        Assert.Equal(members["product"].Single().GetString(), Encoding.UTF8.GetString(parsed.Product.In(body)));
        Assert.Equal(quantities.Single().GetDecimal() * 1_000_000, parsed.Micros);
        var tags = members["tags"].SelectMany(one => one.EnumerateObject())
            .Select(tag => $"{tag.Name}\0{tag.Value.GetString()}\0");
        Assert.Equal(string.Concat(tags), Encoding.UTF8.GetString(parsed.Tags.In(body)));
    }

    private delegate void Check(in ParsedEvent parsed, byte[] body);

    private static void Parse(byte[] bytes, Check check)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/cloudevents-batch+json";
        using var body = new PooledBody();
        using var events = new ParsedEvents();
        bytes.CopyTo(body.Room(bytes.Length));
        body.Advance(bytes.Length);
        if (CloudEventForm.TryParse(request, body, 10, events) is not null)
        {
            return;
        }

        foreach (ref var parsed in events.Span)
        {
            CloudEventData.Read(ref parsed, body.Buffer, Calls);
            check(parsed, body.Buffer);
        }
    }
}
