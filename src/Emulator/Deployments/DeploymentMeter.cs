using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Deployments;

/// <summary>Counts the usage that deployments report: the same request once, whatever comes in between.</summary>
internal sealed class DeploymentMeter(
    IEmulatorState state,
    SellerCatalogue catalogue,
    ClientTokens tokens,
    RuleBook book,
    TimeProvider time)
{
    /// <summary>Either why it isn't counted, or the id of the record.</summary>
    /// <remarks>
    /// Calls with one token wait for each other, so that of two different ones only one counts. Calls for one hour need
    /// no such care: the store decides which of them is first. The record is stored before the token. When the process
    /// dies between the two, nobody was answered; the retry finds the record under its key, gets its id, and saves the
    /// token then.
    /// </remarks>
    public Task<(ServiceError? Error, string? RecordId)> CountAsync(DeploymentUsage usage) =>
        usage.TokenKey is { } key
            ? tokens.AloneAsync(key, () => CountAsync(usage, key))
            : CountAsync(usage, null);

    private async Task<(ServiceError? Error, string? RecordId)> CountAsync(DeploymentUsage usage, string? tokenKey)
    {
        var now = time.GetUtcNow();
        var fingerprint = RequestFingerprint.Of(usage.Request);
        var known = tokenKey is null ? null : tokens.Find(tokenKey, now);
        if (known is not null && string.Equals(known.Request, fingerprint, StringComparison.Ordinal))
            return (null, known.MeteringRecordId);

        if (!usage.Deployment.IsEntitledTo(usage.Product, catalogue, now))
            return (DeploymentErrors.NotEntitled(usage.Deployment.AccountId, usage.Product), null);
        if (usage.Check(book, now) is { } wrong) return (wrong, null);
        var wanted = usage.ToStored(book.Period, Guid.NewGuid().ToString("D"));
        if (known is not null) return (await ConflictAsync(usage, wanted), null);

        var stored = (await state.AddAsync([wanted]))[0];
        if (!IsSame(usage, wanted.Record, stored))
            return (usage.AddsUp ? DeploymentErrors.TokenConflict : DeploymentErrors.DuplicateRequest, null);
        if (tokenKey is not null)
            await tokens.SaveAsync(tokenKey, new TokenUse(fingerprint, stored.MeteringRecordId, now));
        return (null, stored.MeteringRecordId);
    }

    private bool IsSame(DeploymentUsage usage, MeteredRecord wanted, MeteredRecord stored) =>
        UsageOutcome.Of(wanted, stored, book.OpenPoints) is UsageOutcome.Success
        && (!usage.AddsUp
            || (wanted.Timestamp == stored.Timestamp
                && Allocations.AreSame(wanted.UsageAllocations, stored.UsageAllocations)));

    /// <summary>A token that was used for another request, for an hour that may have another quantity too.</summary>
    private async Task<ServiceError> ConflictAsync(DeploymentUsage usage, StoredUsage wanted)
    {
        if (usage.AddsUp || book.OpenPoints.TokenConflictComesFirst) return DeploymentErrors.TokenConflict;
        var filter = new RecordFilter
        {
            AccountId = wanted.Key.AccountId,
            Region = wanted.Key.Region,
            ProductCode = wanted.Key.ProductCode,
            Customer = usage.Deployment.AccountId,
        };
        await foreach (var (key, record) in state.ListAsync(filter, CancellationToken.None))
        {
            if (key == wanted.Key && !IsSame(usage, wanted.Record, record)) return DeploymentErrors.DuplicateRequest;
        }

        return DeploymentErrors.TokenConflict;
    }
}
