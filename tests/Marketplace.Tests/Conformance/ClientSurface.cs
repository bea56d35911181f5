using System.Reflection;
using Amazon.AWSMarketplaceMetering.Model;

namespace Amazon.AWSMarketplaceMetering.Tests.Conformance;

/// <summary>Where the client keeps what the model names.</summary>
internal static class ClientSurface
{
    private const string Outcome = "Result";

    private static readonly Assembly Client = typeof(AmazonAWSMarketplaceMeteringClient).Assembly;

    /// <summary>The class of a structure: its name, save that results of operations are called responses.</summary>
    public static Type? ClassOf(ServiceModel model, string structure)
    {
        var isOutput = model.Operations.Any(operation => model.Output(operation) == structure);
        var name = isOutput ? structure[..^Outcome.Length] + "Response" : structure;
        return Client.GetType($"{typeof(UsageRecord).Namespace}.{name}");
    }

    public static Type? ErrorOf(string error) => Client.GetType($"{typeof(UsageRecord).Namespace}.{error}");

    public static MethodInfo? MethodOf(string operation) =>
        typeof(IAmazonAWSMarketplaceMetering).GetMethod(operation + "Async");

    /// <summary>The type that a value of a shape has in C#.</summary>
    public static Type? TypeOf(ServiceModel model, string shape) => model.TypeOf(shape) switch
    {
        "string" when model.Enum(shape).Count > 0 => typeof(UsageRecordResultStatus),
        "string" => typeof(string),
        "integer" => typeof(int?),
        "boolean" => typeof(bool?),
        "timestamp" => typeof(DateTime?),
        "structure" => ClassOf(model, shape),
        "list" when TypeOf(model, model.Element(shape)) is { } element => typeof(List<>).MakeGenericType(element),
        _ => null,
    };

    /// <summary>Calls an operation and waits for its response.</summary>
    public static async Task<object> CallAsync(
        IAmazonAWSMarketplaceMetering client, string operation, object request)
    {
        var task = (Task)MethodOf(operation)!.Invoke(client, [request, CancellationToken.None])!;
        await task;
        return task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)!;
    }
}
