using System.Collections;
using System.Text.Json.Nodes;

namespace Amazon.AWSMarketplaceMetering.Tests.Conformance;

/// <summary>
/// Values with every member set, each different from all others, so that a member written under another's name shows.
/// </summary>
internal sealed class ModelValues(ServiceModel model)
{
    private const int ItemsPerList = 2;
    private const long FirstSecond = 1_780_000_000;
    private int _count;

    /// <summary>Makes a value of a shape, as JSON.</summary>
    public JsonNode Make(string shape)
    {
        _count++;
        return model.TypeOf(shape) switch
        {
            "string" when model.Enum(shape) is { Count: > 0 } values => JsonValue.Create(values[_count % values.Count]),
            "string" => JsonValue.Create($"{shape} {_count} \"é+<"),
            "integer" => JsonValue.Create(_count),
            "boolean" => JsonValue.Create(value: true),
            "timestamp" => JsonValue.Create(FirstSecond + _count),
            "list" => new JsonArray([.. Enumerable.Range(0, ItemsPerList).Select(_ => Make(model.Element(shape)))]),
            "structure" => new JsonObject(model.Members(shape)
                .Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, Make(member.Shape)))),
            var other => throw new NotSupportedException($"The model's {other} ({shape}) is new."),
        };
    }

    /// <summary>Builds the object that stands for a JSON value in the client.</summary>
    public object ToObject(string shape, JsonNode json)
    {
        switch (model.TypeOf(shape))
        {
            case "string" when model.Enum(shape).Count > 0:
                return UsageRecordResultStatus.FindValue(json.GetValue<string>());
            case "string":
                return json.GetValue<string>();
            case "integer":
                return json.GetValue<int>();
            case "boolean":
                return json.GetValue<bool>();
            case "timestamp":
                return DateTime.UnixEpoch.AddSeconds(json.GetValue<long>());
            case "list":
                var list = (IList)Activator.CreateInstance(ClientSurface.TypeOf(model, shape)!)!;
                foreach (var item in json.AsArray())
                    _ = list.Add(ToObject(model.Element(shape), item!));
                return list;
            default:
                var structure = Activator.CreateInstance(ClientSurface.ClassOf(model, shape)!)!;
                foreach (var (name, member) in model.Members(shape))
                    structure.GetType().GetProperty(name)!.SetValue(structure, ToObject(member, json[name]!));
                return structure;
        }
    }

    /// <summary>Tells what an object of the client says, as JSON.</summary>
    public JsonNode? ToJson(string shape, object? value) => (model.TypeOf(shape), value) switch
    {
        (_, null) => null,
        ("string", UsageRecordResultStatus status) => JsonValue.Create(status.Value),
        ("string", string text) => JsonValue.Create(text),
        ("integer", int whole) => JsonValue.Create(whole),
        ("boolean", bool flag) => JsonValue.Create(flag),
        ("timestamp", DateTime { Kind: DateTimeKind.Utc } moment) =>
            JsonValue.Create((long)(moment - DateTime.UnixEpoch).TotalSeconds),
        ("list", IList list) =>
            new JsonArray([.. list.Cast<object>().Select(item => ToJson(model.Element(shape), item))]),
        ("structure", _) => new JsonObject(model.Members(shape).Select(member => KeyValuePair.Create(
            member.Name, ToJson(member.Shape, value.GetType().GetProperty(member.Name)!.GetValue(value))))),
        var (type, other) => JsonValue.Create($"a {other.GetType()} where a {type} belongs"),
    };
}
