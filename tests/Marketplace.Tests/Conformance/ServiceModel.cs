using System.Text.Json.Nodes;

namespace Amazon.AWSMarketplaceMetering.Tests.Conformance;

/// <summary>AWS's own description of the service, a file that is kept beside the repository, not in it.</summary>
internal sealed class ServiceModel(JsonNode file)
{
    private readonly JsonNode _file = file;

    public IEnumerable<string> Operations => _file["operations"]!.AsObject().Select(operation => operation.Key);

    public string TargetPrefix => Text(_file["metadata"]!["targetPrefix"]);

    public string SigningName => Text(_file["metadata"]!["signingName"]);

    /// <summary>Loads a model, or skips the test that asks for it.</summary>
    public static ServiceModel LoadOrSkip(string fileName)
    {
        var path = Locate(fileName);
        Assert.SkipUnless(path is not null, $"shared/aws/{fileName} is not beside the repository");
        return new ServiceModel(JsonNode.Parse(File.ReadAllText(path!))!);
    }

    public string Input(string operation) => Text(_file["operations"]![operation]!["input"]!["shape"]);

    public string Output(string operation) => Text(_file["operations"]![operation]!["output"]!["shape"]);

    public IEnumerable<string> Errors(string operation) =>
        _file["operations"]![operation]!["errors"]!.AsArray().Select(error => Text(error!["shape"]));

    public JsonObject Shape(string name) => _file["shapes"]![name]!.AsObject();

    public string TypeOf(string shape) => Text(Shape(shape)["type"]);

    public bool IsFault(string error) => Shape(error)["fault"]?.GetValue<bool>() ?? false;

    public IReadOnlyList<string> Enum(string shape) =>
        Shape(shape)["enum"]?.AsArray().Select(Text).ToList() ?? [];

    public string Element(string list) => Text(Shape(list)["member"]!["shape"]);

    public IReadOnlyList<(string Name, string Shape)> Members(string structure) =>
        [.. Shape(structure)["members"]!.AsObject().Select(member => (member.Key, Text(member.Value!["shape"])))];

    public bool IsRequired(string structure, string member) =>
        Shape(structure)["required"]?.AsArray().Any(name => Text(name) == member) ?? false;

    /// <summary>All structures that requests and responses are made of; errors are not among them.</summary>
    public IEnumerable<string> Structures()
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(Operations.SelectMany(operation => new[] { Input(operation), Output(operation) }));
        while (open.TryPop(out var shape))
        {
            if (TypeOf(shape) == "list")
                open.Push(Element(shape));
            if (TypeOf(shape) != "structure" || !found.Add(shape))
                continue;
            foreach (var (_, member) in Members(shape))
                open.Push(member);
        }

        return found;
    }

    private static string? Locate(string fileName)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent;
        var path = folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "aws", fileName);
        return File.Exists(path) ? path : null;
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
