using CsCheck;
using static Tally.Api.Tests.Compatibility.AwsStage;

namespace Tally.Api.Tests.Compatibility;

public sealed class MeteringProperties(AwsStage stage) : IClassFixture<AwsStage>
{
    /// <summary>What was sent first for a customer and time counts, whatever is sent again, in any calls.</summary>
    [Fact]
    public async Task BatchMeterUsage_AnySequence_CountsAsTheModelDoes()
    {
        var (seller, aws) = await stage.NewSeller();
        var run = 0;
        var records = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 3]);
        await records.Array[0, 25].Array[1, 6].SampleAsync(
            async calls =>
            {
                var prefix = $"run-{Interlocked.Increment(ref run)}-";
                var model = new Dictionary<(int Customer, int Second), int>();
                foreach (var call in calls)
                {
                    var answer = await Send(aws, call.Select(
                        record => Record(record.Item3, prefix + record.Item1, record.Item2)));
                    var expected = call.Select(record =>
                        model.TryAdd((record.Item1, record.Item2), record.Item3)
                        || model[(record.Item1, record.Item2)] == record.Item3
                            ? "Success"
                            : "DuplicateRecord");
                    Assert.Equal(expected.ToList(), answer.Results.Select(result => result.Status.Value).ToList());
                }

                foreach (var customer in model.GroupBy(pair => pair.Key.Customer))
                {
                    Assert.Equal(customer.Sum(pair => pair.Value), await Counted(seller, prefix + customer.Key));
                }
            },
            iter: 60,
            threads: 2);
    }
}
