using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>Short ways to write down calls and expectations.</summary>
internal static class Say
{
    public const string Model = "model";
    public const string Guide = "seller guide";
    public const string Buyer = "210987654321";
    public const string License = "arn:aws:license-manager:us-east-1:210987654321:license:l-1";
    public const string OtherLicense = "arn:aws:license-manager:us-east-1:210987654321:license:l-2";
    public const string ForeignLicense = "arn:aws:license-manager:us-east-1:210987654321:license:l-9";
    public static readonly string LongProduct = new('p', 255);
    public static readonly string LongDimension = new('d', 255);

    public static long At(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    /// <summary>A record that is right, but for what is changed; null takes a member away.</summary>
    public static JsonObject Record(params ReadOnlySpan<(string Name, JsonNode? Value)> changes)
    {
        var record = new JsonObject
        {
            ["Timestamp"] = World.Today.Now.ToUnixTimeSeconds(),
            ["CustomerIdentifier"] = "cust-1",
            ["Dimension"] = "api_calls",
            ["Quantity"] = 3,
        };
        return With(record, changes);
    }

    /// <summary>A record of the buyer's account and licence.</summary>
    public static JsonObject Licensed(params ReadOnlySpan<(string Name, JsonNode? Value)> changes) => With(
        Record(("CustomerIdentifier", null), ("CustomerAWSAccountId", Buyer), ("LicenseArn", License)), changes);

    public static Step Batch(Expectation expected, params IReadOnlyList<JsonObject> records) =>
        BatchOf("prod-1", expected, records);

    public static Step BatchOf(string? product, Expectation expected, params IReadOnlyList<JsonObject> records)
    {
        var parameters = new JsonObject { ["UsageRecords"] = new JsonArray([.. records]) };
        if (product is not null) parameters["ProductCode"] = product;
        return new Step("BatchMeterUsage", parameters, expected);
    }

    public static Step Resolve(string? token, Expectation expected) =>
        new("ResolveCustomer", token is null ? [] : new JsonObject { ["RegistrationToken"] = token }, expected);

    public static Step Meter(Expectation expected, params ReadOnlySpan<(string Name, JsonNode? Value)> changes) => new(
        "MeterUsage",
        With(
            new JsonObject
            {
                ["ProductCode"] = "prod-1",
                ["Timestamp"] = World.Today.Now.ToUnixTimeSeconds(),
                ["UsageDimension"] = "api_calls",
                ["UsageQuantity"] = 3,
            },
            changes),
        expected);

    public static Step Register(Expectation expected, params ReadOnlySpan<(string Name, JsonNode? Value)> changes) =>
        new(
            "RegisterUsage",
            With(new JsonObject { ["ProductCode"] = "prod-1", ["PublicKeyVersion"] = 1, ["Nonce"] = "n" }, changes),
            expected);

    /// <summary>The call from something that runs there.</summary>
    public static Step On(string platform, Step step) =>
        step with { Headers = new Dictionary<string, string> { ["X-Emulator-Platform"] = platform } };

    public static JsonArray Split(params ReadOnlySpan<(int Quantity, string[] Tags)> parts)
    {
        var allocations = new JsonArray();
        foreach (var (quantity, tags) in parts)
        {
            var allocation = new JsonObject { ["AllocatedUsageQuantity"] = quantity };
            if (tags.Length > 0)
            {
                allocation["Tags"] = new JsonArray([.. tags.Select(tag => tag.Split('=', 2)).Select(
                    pair => new JsonObject { ["Key"] = pair[0], ["Value"] = pair[1] })]);
            }

            allocations.Add((JsonNode)allocation);
        }

        return allocations;
    }

    public static Expectation Fails(string code, string? message = null, int status = 400) =>
        new(code) { Status = status, Message = message };

    /// <summary>A validation error, in AWS's words.</summary>
    public static Expectation Invalid(string value, string path, string constraint) => Fails(
        "ValidationException",
        $"1 validation error detected: Value {value} at '{path}' failed to satisfy constraint: {constraint}");

    public static Expectation Works(Func<JsonElement, string?>? check = null) =>
        new((string?)null) { Check = (result, _) => check?.Invoke(result) };

    /// <summary>The statuses of the records, in their order.</summary>
    public static Expectation Gives(params IReadOnlyList<string> statuses) => Works(result =>
        Statuses(result).SequenceEqual(statuses, StringComparer.Ordinal)
            ? null
            : $"expected {string.Join(", ", statuses)}, got {string.Join(", ", Statuses(result))}");

    /// <summary>A status, and the record id of an earlier step's first record.</summary>
    public static Expectation GivesAgain(string status, int step) => new((string?)null)
    {
        Check = (result, earlier) => Statuses(result) is [var first]
            && string.Equals(first, status, StringComparison.Ordinal)
            && string.Equals(IdOf(result), IdOf(earlier[step].Result), StringComparison.Ordinal)
                ? null
                : $"expected {status} with the id of step {step}, got {result}",
    };

    /// <summary>The same record id as an earlier step of <c>MeterUsage</c>.</summary>
    public static Expectation GivesSameId(int step) => new((string?)null)
    {
        Check = (result, earlier) => string.Equals(
            result.GetProperty("MeteringRecordId").GetString(),
            earlier[step].Result.GetProperty("MeteringRecordId").GetString(),
            StringComparison.Ordinal)
                ? null
                : $"expected the id of step {step}",
    };

    /// <summary>Members of the result that have to be these texts; null: the member must not be there.</summary>
    public static Expectation GivesMembers(params (string Name, string? Value)[] members) => new((string?)null)
    {
        Shows = [.. members.Where(member => member.Value is not null).Select(member => member.Name)],
        Check = (result, _) => members
            .Where(member => !string.Equals(TextOf(result, member.Name), member.Value, StringComparison.Ordinal))
            .Select(member => $"{member.Name} is not {member.Value ?? "missing"}: {result}").FirstOrDefault(),
    };

    private static string? TextOf(JsonElement result, string name) =>
        result.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value.ToString()
            : null;

    private static List<string?> Statuses(JsonElement result) =>
        [.. result.GetProperty("Results").EnumerateArray().Select(item => item.GetProperty("Status").GetString())];

    private static string? IdOf(JsonElement result) =>
        result.GetProperty("Results")[0].GetProperty("MeteringRecordId").GetString();

    private static JsonObject With(JsonObject holder, ReadOnlySpan<(string Name, JsonNode? Value)> changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null) _ = holder.Remove(name);
            else holder[name] = value.DeepClone();
        }

        return holder;
    }
}
