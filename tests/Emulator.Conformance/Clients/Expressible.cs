using System.Text.Json;
using System.Text.Json.Nodes;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>
/// The rule by which a client may say that it can't express a case: its model lacks a member, or it refuses by itself
/// what its model forbids. Whatever it can't say for another reason is a failure.
/// </summary>
internal static class Expressible
{
    /// <summary>Why that client can't express the case; null: it has to.</summary>
    public static string? WhyNot(Case item, ClientModel model)
    {
        if (item.World.RequiresSignature && !model.Signs) return "it doesn't sign";
        foreach (var step in item.Steps)
        {
            if (step.Headers.Count > 0 && !model.SendsHeaders) return "it sends no other headers";
            if (step.Expected.Shows.FirstOrDefault(name => model.Results?.Contains($"{step.Operation}.{name}") is false)
                is { } unseen)
            {
                return $"its results have no {unseen}";
            }

            if (WhyNot(step.Parameters, step.Operation, model) is { } reason) return reason;
        }

        return null;
    }

    private static string? WhyNot(JsonNode value, string path, ClientModel model) => value switch
    {
        JsonObject members => WhyNotMembers(members, path, model),
        JsonArray items => BelowMin(items.Count, path, model)
            ?? items.Select(item => WhyNot(item!, path, model)).FirstOrDefault(reason => reason is not null),
        JsonValue plain when plain.GetValueKind() is JsonValueKind.String =>
            BelowMin(plain.GetValue<string>().Length, path, model),
        JsonValue plain when plain.GetValueKind() is JsonValueKind.Number => WhyNotNumber(plain, path, model),
        _ => null,
    };

    private static string? WhyNotMembers(JsonObject members, string path, ClientModel model)
    {
        var known = model.Members?.Where(member => IsChild(member.Path, path)).ToList();
        foreach (var (name, value) in members)
        {
            var inner = $"{path}.{name}";
            if (known?.Exists(member => string.Equals(member.Path, inner, StringComparison.Ordinal)) is false)
                return $"its model has no {inner}";
            if (WhyNot(value!, inner, model) is { } reason) return reason;
        }

        return model.Checks
            && known?.Find(member => member.Required && !members.ContainsKey(member.Path[(path.Length + 1)..]))
                is { } missing
                ? $"it insists on {missing.Path}"
                : null;
    }

    private static string? WhyNotNumber(JsonValue number, string path, ClientModel model)
    {
        var value = JsonSerializer.Deserialize<decimal>(number.ToJsonString());
        var isTime = path.EndsWith("Timestamp", StringComparison.Ordinal);
        return model.IsTyped && !isTime && value is > int.MaxValue or < int.MinValue
            ? $"{path} has 32 bits"
            : BelowMin(value, path, model);
    }

    private static string? BelowMin(decimal value, string path, ClientModel model) =>
        model.Checks && model.Members?.FirstOrDefault(
            member => string.Equals(member.Path, path, StringComparison.Ordinal)) is { Min: { } min } && value < min
            ? $"it insists on {path} being {min} at least"
            : null;

    private static bool IsChild(string path, string parent) =>
        path.Length > parent.Length + 1
        && path.StartsWith(parent + ".", StringComparison.Ordinal)
        && !path[(parent.Length + 1)..].Contains('.', StringComparison.Ordinal);
}
