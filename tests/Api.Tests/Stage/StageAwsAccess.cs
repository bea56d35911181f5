using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;

namespace Tally.Api.Tests.Stage;

/// <summary>How a tenant's AWS account is called, in memory.</summary>
public sealed class StageAwsAccess : Grain, IAwsAccessGrain
{
    private AwsAccess? _access;

    public Task<AwsAccess?> Get() => Task.FromResult(_access);

    public Task Put(AwsAccess? access)
    {
        _access = access;
        return Task.CompletedTask;
    }
}
