using System.Text.Json;
using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class BatchPlannerTests
{
    private static readonly Gen<BatchLimits> Limits = Gen.OneOf(
        Gen.Const(BatchLimits.Aws),
        Gen.Select(Gen.Int[1, 25], Gen.Int[10_000, 40_000], (records, bytes) => new BatchLimits(records, bytes)));

    [Fact]
    public void Plan_AnyRecords_PartitionsThemWithinTheLimits() =>
        Gen.Select(Pending.Records, Limits).Sample(
            (records, limits) =>
            {
                var batches = BatchPlanner.Plan(records, limits);
                Assert.Equal(
                    records.Order(PendingOrder.Instance),
                    batches.SelectMany(batch => batch),
                    ReferenceEqualityComparer.Instance);
                Assert.All(batches, batch =>
                {
                    Assert.InRange(batch.Count, 1, limits.RecordsMax);
                    Assert.True(batch.Count == 1 || BodyOf(batch).Length <= limits.BytesMax);
                });
            },
            iter: 500);

    [Fact]
    public void Plan_AnyRecords_GoesByDeadline() =>
        Pending.Records.Sample(
            records =>
            {
                var deadlines = BatchPlanner.Plan(records, BatchLimits.Aws).SelectMany(batch => batch)
                    .Select(record => record.Deadline).ToList();
                Assert.Equal(deadlines.Order(), deadlines);
            },
            iter: 500);

    [Fact]
    public void Plan_SameRecordsInOtherOrder_IsTheSamePlan() =>
        Pending.Records.SelectMany(records => Gen.Shuffle(records).Select(shuffled => (records, shuffled))).Sample(
            pair => Assert.Equal(
                BatchPlanner.Plan(pair.records, BatchLimits.Aws).Select(batch => batch.ToArray()),
                BatchPlanner.Plan(pair.shuffled, BatchLimits.Aws).Select(batch => batch.ToArray())),
            iter: 500);

    [Fact]
    public void Plan_RecordsOfNormalSize_FillsEveryBatchButTheLast()
    {
        var batches = BatchPlanner.Plan(Enumerable.Range(0, 60).Select(Pending.Of), BatchLimits.Aws);
        Assert.Equal([25, 25, 10], batches.Select(batch => batch.Count));
        Assert.Empty(BatchPlanner.Plan([], BatchLimits.Aws));
    }

    [Fact]
    public void Plan_RecordThatIsTooLarge_IsAloneInItsBatch()
    {
        var large = Pending.Of(1) with { Record = Pending.Of(1).Record with { Dimension = new('x', 5_000) } };
        var batches = BatchPlanner.Plan([Pending.Of(0), large, Pending.Of(2)], new(25, 10_000));
        Assert.Equal([1, 1, 1], batches.Select(batch => batch.Count));
    }

    [Fact]
    public void SizeOf_AnyRecord_IsAtLeastItsJson() =>
        Pending.Records.Sample(
            records => Assert.All(
                records,
                record => Assert.InRange(BodyOf([record]).Length, 0, BatchPlanner.SizeOf(record) + 512)),
            iter: 200);

    /// <summary>A call's body as a serializer with the longest escapes writes it.</summary>
    private static byte[] BodyOf(IEnumerable<PendingRecord> batch) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        ProductCode = new string('p', 255),
        UsageRecords = batch.Select(record => new
        {
            record.Record.Identity.CustomerIdentifier,
            CustomerAWSAccountId = record.Record.Identity.AwsAccountId,
            record.Record.Identity.LicenseArn,
            record.Record.Dimension,
            record.Record.Quantity,
            Timestamp = record.Record.TimestampSeconds,
            UsageAllocations = record.Record.Allocations?.Parts.Select(part => new
            {
                AllocatedUsageQuantity = part.Quantity,
                Tags = part.Tags.Tags().Select(tag => new { tag.Key, tag.Value }),
            }),
        }),
    });
}
