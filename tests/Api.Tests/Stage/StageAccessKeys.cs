using Tally.Contracts.Registration;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Tests.Stage;

/// <summary>A tenant's access keys in memory.</summary>
public sealed class StageAccessKeys : Grain, IAccessKeysGrain
{
    private readonly List<ApiKeyInfo> _pairs = [];

    public async Task<ApiKeyInfo?> Create(string name, IReadOnlyList<string> scopes)
    {
        var id = $"TALLY{Guid.NewGuid():N}"[..29].ToUpperInvariant();
        var info = new ApiKeyInfo(id, name, scopes, DateTimeOffset.UnixEpoch);
        await GrainFactory.GetGrain<IAccessKeyGrain>(id).Put(new(this.GetPrimaryKeyString(), id, scopes));
        _pairs.Add(info);
        return info;
    }

    public Task<IReadOnlyList<ApiKeyInfo>> List() => Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. _pairs]);

    public async Task<bool> Revoke(string id)
    {
        if (_pairs.RemoveAll(pair => pair.KeyId == id) == 0)
        {
            return false;
        }

        await GrainFactory.GetGrain<IAccessKeyGrain>(id).Remove();
        return true;
    }
}

/// <summary>An access key in memory.</summary>
public sealed class StageAccessKey : Grain, IAccessKeyGrain
{
    private ApiKeyIdentity? _identity;

    public Task<ApiKeyIdentity?> Get() => Task.FromResult(_identity);

    public Task Put(ApiKeyIdentity identity)
    {
        _identity = identity;
        return Task.CompletedTask;
    }

    public Task Remove()
    {
        _identity = null;
        return Task.CompletedTask;
    }
}

/// <summary>An AWS that knows one token.</summary>
public sealed class StageRegistration : Grain, IRegistrationGrain
{
    /// <summary>The token that it knows.</summary>
    public const string Token = "known-token";

    public Task<ResolveReply> Resolve(string token) => Task.FromResult(token == Token
        ? new ResolveReply("p", "cust-1", new CustomerIdentity("cust-1", null, null), null)
        : new ResolveReply(null, null, null, new("InvalidTokenException", "The token is not valid.")));

    public Task<RegisterReply> Register(string productCode, int publicKeyVersion, string? nonce) =>
        Task.FromResult(new RegisterReply($"{productCode}.{publicKeyVersion}.{nonce}", null, null));
}
