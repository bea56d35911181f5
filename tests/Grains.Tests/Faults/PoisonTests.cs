using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Faults;

/// <summary>Records that the marketplace never accepts hold up no others.</summary>
public sealed class PoisonTests
{
    private const int Customers = 5_000;
    private static readonly string[] Dimensions = ["calls", "gb", "seats", "jobs", "hours"];
    private static readonly string[] WithPoison = [.. Dimensions, "unlisted"];

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 10)]
    public async Task Deliver_OnePoisonRecordAmong25000_DeliversTheOthersWithFewMoreCalls(bool hidesNames, int callsMax)
    {
        await using var tally = await EmulatedCluster.Start();
        tally.Calls.HidesNames = hidesNames;
        await tally.List(WithPoison, Dimensions);
        await tally.Post(Customers - 1, Dimensions);
        await tally.Post(1, [.. WithPoison[..4], "unlisted"], "poisoned", [0, 1, 2, 3, 5]);
        await tally.Pass(TimeSpan.FromMinutes(45));
        await tally.PassUntilDelivered(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(100));

        await tally.AssertDelivered((_, dimension) => dimension == "unlisted");
        Assert.InRange(tally.Calls.Calls, Customers / 5, (Customers / 5) + callsMax);
        await AssertQuarantined(tally, "poisoned0", "unlisted", "InvalidUsageDimensionException");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deliver_PoisonOfSeveralKindsInOneCall_QuarantinesExactlyIt(bool hidesNames)
    {
        await using var tally = await EmulatedCluster.Start();
        tally.Calls.HidesNames = hidesNames;
        await tally.List(["calls", "unlisted", "unlisted-too"], ["calls"]);
        await tally.Post(20, ["calls"]);
        await tally.Post(1, ["unlisted"], "dimension", [1]);
        await tally.Post(1, ["unlisted-too"], "other", [2]);
        await tally.Post(1, ["calls"], "account");
        await tally.PutProfile("account0", new(null, "not-a-number", null));
        await tally.Post(1, ["calls"], "nobody");
        await tally.PutProfile("nobody0", new("", null, null));
        await tally.Pass(TimeSpan.FromMinutes(45));
        await tally.PassUntilDelivered(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(100));

        await tally.AssertDelivered((customer, _) => customer[0] != 'c');
        await AssertQuarantined(tally, "dimension0", "unlisted", "InvalidUsageDimensionException");
        await AssertQuarantined(tally, "other0", "unlisted-too", "InvalidUsageDimensionException");
        await AssertQuarantined(tally, "account0", "calls", "ValidationException");
        await AssertQuarantined(tally, "nobody0", "calls", "InvalidCustomerIdentifierException");
        Assert.InRange(tally.Calls.Calls, 1, hidesNames ? 40 : 20);
    }

    /// <summary>The record, the error and the request id of the call that was refused are kept.</summary>
    private static async Task AssertQuarantined(
        EmulatedCluster tally, string customer, string dimension, string error)
    {
        var records = (await tally.Tally.Customer(EmulatedCluster.Product, customer).GetUsage())!.Records;
        var bad = Assert.Single(records, record => record.State == RecordState.Quarantined);
        Assert.Equal(dimension, bad.Record.Dimension);
        Assert.StartsWith(error, bad.Last!.Reason, StringComparison.Ordinal);
        Assert.Contains(
            tally.Calls.RefusedIds, id => bad.Last.Reason!.EndsWith($"(request {id})", StringComparison.Ordinal));
    }
}
