using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class BatchSplitterTests
{
    [Fact]
    public void Halve_AnyBatch_KeepsEveryRecordInOrder() =>
        Gen.Int[2, 60].Sample(count =>
        {
            var batch = Batch(count);
            var (first, second) = BatchSplitter.Halve(batch);
            Assert.NotEmpty(first);
            Assert.NotEmpty(second);
            Assert.Equal(batch, first.Concat(second));
            Assert.InRange(Math.Abs(first.Count - second.Count), 0, 1);
        });

    [Fact]
    public void Halve_OneBadRecord_IsAloneAfterFiveSplitsAndAllOthersAreSent() =>
        Gen.Int[1, 25].SelectMany(count => Gen.Int[0, count - 1].Select(bad => (count, bad))).Sample(
            sample =>
            {
                var sent = new List<PendingRecord>();
                var depth = Send(Batch(sample.count), Pending.Of(sample.bad), sent);
                Assert.InRange(depth, 0, 5);
                Assert.Equal(Batch(sample.count).Where(record => record != Pending.Of(sample.bad)), sent);
            });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Halve_NothingToSplit_Throws(int count) =>
        Assert.Throws<ArgumentException>(() => BatchSplitter.Halve(Batch(count)));

    private static int Send(IReadOnlyList<PendingRecord> batch, PendingRecord bad, List<PendingRecord> sent)
    {
        if (!batch.Contains(bad))
        {
            sent.AddRange(batch);
            return 0;
        }

        if (batch.Count == 1)
        {
            return 0;
        }

        var (first, second) = BatchSplitter.Halve(batch);
        return 1 + Math.Max(Send(first, bad, sent), Send(second, bad, sent));
    }

    private static PendingRecord[] Batch(int count) => [.. Enumerable.Range(0, count).Select(Pending.Of)];
}
