using Tally.Contracts.Tenants;

namespace Tally.Grains.Tenants;

/// <summary>What an API key's actor stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.ApiKeyState")]
internal sealed class ApiKeyState
{
    /// <summary>Whose key it is; null when there is none.</summary>
    [Id(0)]
    public ApiKeyIdentity? Identity { get; set; }
}
