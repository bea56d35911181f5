using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Tests.Rules;

/// <summary>Any sequence of batches against the plainest model there is: the first quantity of a key stays.</summary>
public sealed class DeduplicationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);

    private static readonly Caller Seller = new("111122223333", "eu-west-1", null);

    private static readonly Gen<UsageRecord> Records =
        from customer in Gen.OneOf("c1", "c2", "gone")
        from dimension in Gen.OneOf("a", "b")
        from secondsAgo in Gen.Int[0, 3 * 3600]
        from quantity in Gen.Int[0, 2]
        select new UsageRecord
        {
            CustomerIdentifier = customer,
            Dimension = dimension,
            Timestamp = Now.ToUnixTimeSeconds() - secondsAgo,
            Quantity = quantity,
        };

    [Fact]
    public Task BatchMeterUsage_AnySequence_AgreesWithTheModel() =>
        Records.Array[1, 25].List[1, 8].SampleAsync(async batches =>
        {
            await using var state = new MemoryState();
            using var catalogue = new SellerCatalogue(state);
            await catalogue.DeclareAsync(Seller.AccountId, "p", new ProductDeclaration
            {
                Dimensions = ["a", "b"],
                OpenToAll = true,
                Customers = new Dictionary<string, SubscriptionState>(StringComparer.Ordinal)
                {
                    ["gone"] = SubscriptionState.Unsubscribed,
                },
            });
            var operation = new BatchMeterUsage(
                state, catalogue, new RuleBook(new EmulatorOptions()), new FakeTimeProvider(Now));
            var model = new Dictionary<string, (int Quantity, string Id)>(StringComparer.Ordinal);
            foreach (var batch in batches)
            {
                var (error, result) = await operation.MeterAsync(
                    Seller, new BatchMeterUsageRequest("p", batch), new CallFaults(new FaultPlan(), 0));
                Assert.Null(error);
                Assert.Equal(batch, result!.Results.Select(item => item.UsageRecord));
                foreach (var item in result.Results)
                    Agree(model, item);
            }
        });

    private static void Agree(Dictionary<string, (int Quantity, string Id)> model, UsageRecordResult item)
    {
        var sent = item.UsageRecord;
        var key = $"{sent.Customer}/{sent.Dimension}/{(long)sent.Timestamp!.Value / 3600}";
        if (sent.Customer is "gone")
        {
            Assert.Equal(("CustomerNotSubscribed", null), (item.Status, item.MeteringRecordId));
        }
        else if (model.TryGetValue(key, out var first))
        {
            Assert.Equal(first.Quantity == sent.Quantity ? "Success" : "DuplicateRecord", item.Status);
            Assert.Equal(first.Id, item.MeteringRecordId);
        }
        else
        {
            Assert.Equal("Success", item.Status);
            model.Add(key, (sent.Quantity!.Value, item.MeteringRecordId!));
        }
    }
}
