using System.Text;
using System.Text.Json.Nodes;

namespace Amazon.AWSMarketplaceMetering.Tests.Stub;

/// <summary>A request as it arrived.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";
}
