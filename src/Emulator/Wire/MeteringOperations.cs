using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Wire;

/// <summary>The operations themselves: read the clock, ask the rules, store, answer.</summary>
internal sealed class MeteringOperations(IEmulatorState state, EmulatorOptions options, TimeProvider time)
{
    public async ValueTask<(ServiceError? Error, BatchMeterUsageResult? Result)> BatchMeterUsageAsync(
        BatchMeterUsageRequest request,
        CallFaults faults)
    {
        var check = new BatchCheck(state.Catalogue, options.Rules, options.Period, time.GetUtcNow());
        var (error, usages) = check.Check(request);
        if (error is not null) return (error, null);

        var isProcessed = usages.Select((_, index) => !faults.LeavesUnprocessed(index)).ToArray();
        var processed = usages.Where((_, index) => isProcessed[index]).ToList();
        var added = processed.Where(usage => usage.IsSubscribed)
            .Select(usage => (usage.Key, usage.ToRecord(Guid.NewGuid().ToString("D")))).ToList();
        var stored = added.Count == 0 ? [] : await state.AddAsync(added);

        var index = 0;
        var results = new List<UsageRecordResult>(processed.Count);
        foreach (var usage in processed)
        {
            results.Add(usage.IsSubscribed
                ? Answer(usage, added[index].Item2, stored[index++])
                : new UsageRecordResult(usage.Sent, null, UsageOutcome.CustomerNotSubscribed));
        }

        var unprocessed = usages.Where((_, place) => !isProcessed[place]).Select(usage => usage.Sent).ToList();
        return (null, new BatchMeterUsageResult(results, unprocessed));
    }

    /// <summary>A token answers the same as often as it is asked, until it expires.</summary>
    public async ValueTask<(ServiceError? Error, RegisteredCustomer? Customer)> ResolveCustomerAsync(
        ResolveCustomerRequest request)
    {
        if (Constraints.Check(request) is { } broken) return (broken, null);
        var customer = await state.FindTokenAsync(request.RegistrationToken!);
        if (customer is null)
            return (new("InvalidTokenException", "The registration token is invalid."), null);
        if (time.GetUtcNow() >= customer.ExpiresAt)
            return (new("ExpiredTokenException", "The registration token has expired."), null);
        return (null, options.Rules.HasAccounts
            ? customer
            : customer with { CustomerAWSAccountId = null, LicenseArn = null });
    }

    private static UsageRecordResult Answer(CheckedUsage usage, MeteredRecord sent, MeteredRecord stored) =>
        new(usage.Sent, stored.MeteringRecordId, UsageOutcome.Of(sent, stored));
}
