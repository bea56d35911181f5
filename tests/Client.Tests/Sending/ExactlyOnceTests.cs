using CsCheck;
using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Sending;

/// <summary>Whatever goes wrong on the way: what is acknowledged is what is counted, once.</summary>
public sealed class ExactlyOnceTests(ApiStage stage)
{
    private static readonly Fault[] Faults = [.. Enum.GetValues<Fault>()];

    private static readonly Gen<Run> Runs =
        from faults in Gen.Int[0, Faults.Length - 1].Select(index => Faults[index]).Array[0, 12]
        from quantities in Gen.Int[-1, 1_000].Array[1, 60]
        from batch in Gen.Int[1, 12]
        from room in Gen.Int[1, 40]
        from senders in Gen.Int[1, 4]
        from repeats in Gen.Bool
        select new Run(faults, quantities, batch, room, senders, repeats);

    [Fact]
    public Task Send_AnyFaults_AcknowledgedIsCountedOnce() => Runs.SampleAsync(Check, iter: 40, threads: 1);

    private async Task Check(Run run)
    {
        await using var door = await FaultyDoor.Open(stage.Api, run.Faults);
        await using var tally = await ClientStage.Open(stage, door, options =>
            (options.BatchEventsMax, options.WaitingEventsMax, options.ConcurrentRequestsMax) =
                (run.Batch, run.Room, run.Senders));
        var tracking = Task.Run(async () =>
        {
            foreach (var (index, quantity) in run.Quantities.Index())
            {
                var usage = ClientStage.Event($"{index}", quantity) with { Time = ApiStage.Now };
                Assert.True(await tally.Client.TrackAsync(usage));
                if (run.Repeats)
                {
                    Assert.True(await tally.Client.TrackAsync(usage));
                }
            }
        });
        await tally.Until(tracking, TimeSpan.FromSeconds(1));
        await tally.Until(tally.Client.FlushAsync(), TimeSpan.FromSeconds(1));

        var counts = tally.Client.Counts;
        var good = run.Quantities.Where(quantity => quantity >= 0).ToList();
        var times = run.Repeats ? 2 : 1;
        Assert.Equal((good.Count, good.Sum()), await tally.Counted());
        Assert.Equal(good.Count * times, counts.Accepted + counts.Duplicates);
        Assert.Equal((run.Quantities.Length - good.Count) * times, tally.Rejected.Count);
        Assert.Equal((0, 0, 0), (counts.Dropped, counts.Abandoned, counts.Waiting));
    }

    private sealed record Run(Fault[] Faults, int[] Quantities, int Batch, int Room, int Senders, bool Repeats);
}
