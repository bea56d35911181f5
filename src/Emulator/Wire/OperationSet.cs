using System.Text.Json;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>The operations by their names.</summary>
internal sealed class OperationSet(IEnumerable<IMeteringOperation> operations)
{
    private readonly Dictionary<string, IMeteringOperation> _operations =
        operations.ToDictionary(operation => operation.Name, StringComparer.Ordinal);

    public bool Has(string name) => _operations.ContainsKey(name);

    /// <summary>Carries out the named operation with that body.</summary>
    /// <exception cref="AwsJsonException">The body is no JSON object, or not what the model says.</exception>
    public async ValueTask<Answer> CarryOutAsync(
        string name,
        ReadOnlyMemory<byte> body,
        Func<JsonElement, MeteringCall> callOf)
    {
        if (!_operations.TryGetValue(name, out var operation))
        {
            return Answer.Of(ServiceError.UnknownOperation(
                name.Length == 0
                    ? $"The header X-Amz-Target must name an operation of {MeteringEndpoint.ServiceName}."
                    : $"The operation '{name}' is not one that this service has."));
        }

        using var document = AwsJsonReader.Parse(body);
        return await operation.CarryOutAsync(callOf(document.RootElement));
    }
}
