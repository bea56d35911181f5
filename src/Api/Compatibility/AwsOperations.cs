using Tally.Api.Compatibility.Metering;
using Tally.Api.Compatibility.Registration;
using Tally.Api.Compatibility.Wire;
using Tally.Contracts.Tenants;

namespace Tally.Api.Compatibility;

/// <summary>The operations of AWS's metering service that are answered here: all that it has.</summary>
/// <param name="batches">BatchMeterUsage.</param>
/// <param name="own">MeterUsage.</param>
/// <param name="registrations">ResolveCustomer and RegisterUsage.</param>
internal sealed class AwsOperations(BatchMetering batches, OwnMetering own, ForwardedRegistration registrations)
{
    private readonly Dictionary<string, AwsOperation> _operations = new AwsOperation[]
    {
        new("BatchMeterUsage", ApiScopes.Ingest, batches.Run),
        new("MeterUsage", ApiScopes.Ingest, own.Run),
        new("ResolveCustomer", ApiScopes.Ingest, registrations.Resolve),
        new("RegisterUsage", ApiScopes.Ingest, registrations.Register),
    }.ToDictionary(operation => $"{AwsEndpoint.Service}.{operation.Name}", StringComparer.Ordinal);

    /// <summary>Finds an operation.</summary>
    /// <param name="target">The header <c>X-Amz-Target</c>.</param>
    /// <returns>The operation; null when there is none.</returns>
    public AwsOperation? Find(string target) => _operations.GetValueOrDefault(target);
}
