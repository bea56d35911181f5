using Tally.Emulator.Catalogue;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;
using Tally.Emulator.State;

namespace Tally.Emulator.Wire;

/// <summary>Records of up to 25 customers' hours, for SaaS products.</summary>
internal sealed class BatchMeterUsage(IEmulatorState state, SellerCatalogue catalogue, RuleBook book, TimeProvider time)
    : IMeteringOperation
{
    public string Name => "BatchMeterUsage";

    public async ValueTask<Answer> CarryOutAsync(MeteringCall call)
    {
        var request = AwsJsonReader.BatchMeterUsage(call.Body);
        var (error, result) = await MeterAsync(call.Caller, request, call.Faults);
        return new Answer(error, request.UsageRecords?.Count ?? 0, json => AwsJsonWriter.Write(json, result!));
    }

    public async ValueTask<(ServiceError? Error, BatchMeterUsageResult? Result)> MeterAsync(
        Caller caller,
        BatchMeterUsageRequest request,
        CallFaults faults)
    {
        var check = new BatchCheck(catalogue, book, caller, time.GetUtcNow());
        var (error, usages) = check.Check(request);
        if (error is not null) return (error, null);

        var isProcessed = usages.Select((_, index) => !faults.LeavesUnprocessed(index)).ToArray();
        var processed = usages.Where((_, index) => isProcessed[index]).ToList();
        var added = processed.Where(usage => usage.IsSubscribed)
            .Select(usage => usage.ToStored(Guid.NewGuid().ToString("D"))).ToList();
        var stored = added.Count == 0 ? [] : await state.AddAsync(added);

        var index = 0;
        var results = new List<UsageRecordResult>(processed.Count);
        foreach (var usage in processed)
        {
            results.Add(usage.IsSubscribed
                ? ResultOf(usage, added[index].Record, stored[index++])
                : new UsageRecordResult(usage.Sent, IdOfNone(), UsageOutcome.CustomerNotSubscribed));
        }

        var unprocessed = usages.Where((_, place) => !isProcessed[place]).Select(usage => usage.Sent).ToList();
        return (null, new BatchMeterUsageResult(results, unprocessed));
    }

    private string? IdOfNone() => book.OpenPoints.NotSubscribedHasId ? Guid.NewGuid().ToString("D") : null;

    private UsageRecordResult ResultOf(CheckedUsage usage, MeteredRecord sent, MeteredRecord stored)
    {
        var points = book.OpenPoints;
        var outcome = UsageOutcome.Of(sent, stored, points);
        var id = outcome is UsageOutcome.Success
            ? points.RepeatKeepsId ? stored.MeteringRecordId : sent.MeteringRecordId
            : points.DuplicateHasId ? stored.MeteringRecordId : null;
        return new UsageRecordResult(usage.Sent, id, outcome);
    }
}
