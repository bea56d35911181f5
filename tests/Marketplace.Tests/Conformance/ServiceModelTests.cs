using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Tests.Conformance;

/// <summary>Holds the client against AWS's own model: the newest one known, and the one it had in 2020.</summary>
public sealed class ServiceModelTests
{
    private const string Newest = "service-2.today.json";
    private const string Oldest = "service-2.2020.json";

    // Released after the newest model file at hand was written.
    private static readonly string[] KnownBeyondTheModel = ["ResolveCustomerResponse.Metadata"];

    private const BindingFlags OwnPublic = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(Newest)]
    [InlineData(Oldest)]
    public void Surface_EveryOperationMemberEnumValueAndError_Exists(string file)
    {
        var model = ServiceModel.LoadOrSkip(file);

        var missing = MissingOperations(model).Concat(MissingMembers(model)).Concat(MissingValues(model)).ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void Surface_NewestModel_HasNothingElse()
    {
        var model = ServiceModel.LoadOrSkip(Newest);
        var modelled = model.Structures()
            .SelectMany(structure => model.Members(structure)
                .Select(member => $"{ClientSurface.ClassOf(model, structure)!.Name}.{member.Name}"))
            .Concat(KnownBeyondTheModel)
            .ToHashSet();

        var unmodelled = model.Structures()
            .Select(structure => ClientSurface.ClassOf(model, structure)!)
            .SelectMany(type => type.GetProperties(OwnPublic))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .Where(name => !modelled.Contains(name));

        Assert.Empty(unmodelled);
    }

    [Fact]
    public void Surface_NewestModel_StatesItsConstraints()
    {
        var model = ServiceModel.LoadOrSkip(Newest);

        var wrong = model.Structures().SelectMany(structure => model.Members(structure)
            .Select(member => (Said: Stated(model, structure, member.Name), Meant: Meant(model, structure, member),
                Where: $"{structure}.{member.Name}"))
            .Where(constraint => constraint.Said != constraint.Meant));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData(Oldest)]
    public async Task Request_EveryMemberSet_IsSentUnderItsModelName(string file)
    {
        var model = ServiceModel.LoadOrSkip(file);
        var values = new ModelValues(model);
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        foreach (var operation in model.Operations)
        {
            var expected = values.Make(model.Input(operation));
            _ = await ClientSurface.CallAsync(client, operation, values.ToObject(model.Input(operation), expected));

            var sent = service.Requests[^1];
            Assert.Equal($"{model.TargetPrefix}.{operation}", sent.Header("X-Amz-Target"));
            Assert.Contains($"/{model.SigningName}/aws4_request", sent.Header("Authorization"));
            // A model without ClientToken still gets one: the service has known it since 2025.
            var body = sent.Json.AsObject();
            if (expected["ClientToken"] is null)
                _ = body.Remove("ClientToken");
            AssertSame(expected, body);
        }
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData(Oldest)]
    public async Task Response_EveryMemberSet_IsReadFromItsModelName(string file)
    {
        var model = ServiceModel.LoadOrSkip(file);
        var values = new ModelValues(model);
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        foreach (var operation in model.Operations)
        {
            var expected = values.Make(model.Output(operation));
            service.Reply = _ => Task.FromResult(Answer.Ok(expected.ToJsonString()));
            var request = Activator.CreateInstance(ClientSurface.ClassOf(model, model.Input(operation))!)!;
            var response = await ClientSurface.CallAsync(client, operation, request);

            AssertSame(expected, values.ToJson(model.Output(operation), response));
            Assert.Equal(Answer.RequestId, ((AmazonWebServiceResponse)response).ResponseMetadata.RequestId);
        }
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData(Oldest)]
    public async Task Error_EveryOneOfEveryOperation_RaisesItsType(string file)
    {
        var model = ServiceModel.LoadOrSkip(file);
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        foreach (var (operation, error) in model.Operations.SelectMany(o => model.Errors(o).Select(e => (o, e))))
        {
            var status = model.IsFault(error) ? 500 : 400;
            service.Reply = _ => Task.FromResult(Answer.Error(error, status, $"About {operation}."));
            var request = Activator.CreateInstance(ClientSurface.ClassOf(model, model.Input(operation))!)!;
            var raised = await Record.ExceptionAsync(() => ClientSurface.CallAsync(client, operation, request));

            var exception = Assert.IsType<AmazonAWSMarketplaceMeteringException>(raised, exactMatch: false);
            Assert.Equal(ClientSurface.ErrorOf(error), exception.GetType());
            Assert.Equal($"About {operation}.", exception.Message);
            Assert.Equal(error, exception.ErrorCode);
            Assert.Equal(Answer.RequestId, exception.RequestId);
            Assert.Equal(status, (int)exception.StatusCode);
        }
    }

    private static IEnumerable<string> MissingOperations(ServiceModel model)
    {
        foreach (var operation in model.Operations)
        {
            if (ClientSurface.MethodOf(operation) is null)
                yield return operation;
            foreach (var error in model.Errors(operation))
            {
                if (ClientSurface.ErrorOf(error)?.BaseType != typeof(AmazonAWSMarketplaceMeteringException))
                    yield return $"{operation}: {error}";
            }
        }
    }

    private static IEnumerable<string> MissingMembers(ServiceModel model) =>
        from structure in model.Structures()
        let type = ClientSurface.ClassOf(model, structure)
        from member in model.Members(structure)
        let property = type?.GetProperty(member.Name)
        where property is not { CanRead: true, CanWrite: true }
            || property.PropertyType != ClientSurface.TypeOf(model, member.Shape)
        select $"{structure}.{member.Name}";

    private static IEnumerable<string> MissingValues(ServiceModel model) =>
        from structure in model.Structures()
        from member in model.Members(structure)
        from value in model.Enum(member.Shape)
        let field = typeof(UsageRecordResultStatus).GetField(value)?.GetValue(obj: null) as UsageRecordResultStatus
        where field?.Value != value
        select $"{member.Shape}: {value}";

    private static (bool Required, long? Min, long? Max) Stated(ServiceModel model, string structure, string member)
    {
        var stated = ClientSurface.ClassOf(model, structure)!.GetProperty(member)!
            .GetCustomAttribute<AWSPropertyAttribute>() ?? new AWSPropertyAttribute();
        return (stated.Required, stated.IsMinSet ? stated.Min : null, stated.IsMaxSet ? stated.Max : null);
    }

    private static (bool Required, long? Min, long? Max) Meant(
        ServiceModel model, string structure, (string Name, string Shape) member)
    {
        var shape = model.Shape(member.Shape);
        return (model.IsRequired(structure, member.Name), (long?)shape["min"], (long?)shape["max"]);
    }

    private static void AssertSame(JsonNode? expected, JsonNode? actual) =>
        Assert.Equal(Sorted(expected)?.ToJsonString(), Sorted(actual)?.ToJsonString());

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
