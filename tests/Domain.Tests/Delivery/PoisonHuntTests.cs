using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class PoisonHuntTests
{
    private const int RecordsMax = 25;
    private static readonly Gen<Naming> Kinds = Gen.Bool.Select(isPlace => isPlace ? Naming.Place : Naming.Value);

    private enum Naming
    {
        Nothing,
        Value,
        Place,
        AnotherRecord,
    }

    [Theory]
    [InlineData((int)Naming.Nothing, 10)]
    [InlineData((int)Naming.Value, 2)]
    [InlineData((int)Naming.Place, 2)]
    [InlineData((int)Naming.AnotherRecord, 12)]
    public void Divide_OneBadRecordOfACall_TakesAtMostSoManyMoreCalls(int naming, int callsMax)
    {
        var most = Enumerable.Range(0, RecordsMax).Max(bad =>
        {
            var aws = new Refuser([bad], (Naming)naming);
            aws.SendAll(Batch(RecordsMax));
            Assert.Equal([Pending.Of(bad)], aws.Quarantined);
            Assert.Equal(RecordsMax - 1, aws.Accepted.Count);
            return aws.Calls - 1;
        });
        Assert.Equal(callsMax, most);
    }

    [Fact]
    public void Divide_OneBadRecord_NeverTakesMoreCallsThanHalves() =>
        Gen.Select(Gen.Int[1, RecordsMax], Gen.Int[0, RecordsMax - 1], Kinds)
            .Where((count, bad, _) => bad < count)
            .Sample((count, bad, naming) =>
            {
                var (named, halved) = (new Refuser([bad], naming), new Refuser([bad], Naming.Nothing));
                named.SendAll(Batch(count));
                halved.SendAll(Batch(count));
                Assert.InRange(named.Calls, 1, halved.Calls);
            });

    [Fact]
    public void Divide_SeveralBadRecordsOfAnyKind_FindsExactlyThose() =>
        Gen.Select(
                Gen.Int[1, RecordsMax],
                Gen.Int[0, RecordsMax - 1].HashSet[0, 8],
                Gen.Enum<Naming>().Array[1, 4])
            .Sample((count, bad, namings) =>
            {
                var aws = new Refuser(bad, namings);
                aws.SendAll(Batch(count));
                var expected = bad.Where(number => number < count).Order().Select(Pending.Of);
                Assert.Equal(expected, aws.Quarantined.OrderBy(record => record.Record.Key.Ordinal + NumberOf(record)));
                Assert.Equal(count - aws.Quarantined.Count, aws.Accepted.Distinct().Count());
                Assert.InRange(aws.Calls, 1, (2 * count) - 1);
            });

    [Fact]
    public void Divide_MessagesThatNameOthers_AreBelievedOnce()
    {
        var aws = new Refuser([3], Naming.AnotherRecord);
        aws.SendAll(Batch(RecordsMax));
        var calls = aws.Calls;
        aws.SendAll(Batch(RecordsMax));
        Assert.InRange(aws.Calls - calls, 1, 11);
    }

    [Fact]
    public void Divide_MoreSuspectsThanHelp_HalvesTheBatch()
    {
        var batch = Batch(RecordsMax);
        var places = string.Concat(Enumerable.Range(1, 17).Select(place => $"'usageRecords.{place}.member.x' "));
        Assert.Equal(12, new PoisonHunt().Divide(batch, "ValidationException", places).First.Count);

        places = string.Concat(Enumerable.Range(1, 16).Select(place => $"'usageRecords.{place}.member.x' "));
        var (suspects, rest) = new PoisonHunt().Divide(batch, "ValidationException", places);
        Assert.Equal(batch[..16], suspects);
        Assert.Equal(batch[16..], rest);
    }

    [Fact]
    public void Divide_SuspectThatWasQuarantined_IsNoSignOfAWrongName()
    {
        var hunt = new PoisonHunt();
        var batch = Batch(3);
        hunt.Divide(batch, "ValidationException", "'usageRecords.2.member.x'");
        hunt.Quarantined(batch[1]);
        hunt.Accepted(batch[0]);
        hunt.Accepted(batch[1]);
        Assert.Equal([batch[0]], hunt.Divide(batch, "ValidationException", "'usageRecords.1.member.x'").First);
    }

    [Fact]
    public void Divide_SecondBadRecord_IsTakenByNameOnceTheFirstIsRefused()
    {
        var aws = new Refuser([3, 20], Naming.Value);
        aws.SendAll(Batch(RecordsMax));
        Assert.Equal(5, aws.Calls);
        Assert.Equal([Pending.Of(3), Pending.Of(20)], aws.Quarantined);
    }

    [Fact]
    public void Divide_RestOfSuspectsThatAreUnderWay_IsHalved()
    {
        var hunt = new PoisonHunt();
        var (_, rest) = hunt.Divide(Batch(RecordsMax), "ValidationException", "'usageRecords.2.member.x'");
        Assert.Equal(12, hunt.Divide(rest, "ValidationException", "'usageRecords.2.member.x'").First.Count);
    }

    [Fact]
    public void Divide_OneRecord_Throws() =>
        Assert.Throws<ArgumentException>(() => new PoisonHunt().Divide(Batch(1), "", ""));

    private static PendingRecord[] Batch(int count) => [.. Enumerable.Range(0, count).Select(Pending.Of)];

    private static int NumberOf(PendingRecord record) =>
        int.Parse(record.Customer.AsSpan("customer-".Length), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Refuses calls that have a bad record, as delivery would see it, and sends the parts.</summary>
    private sealed class Refuser(IReadOnlyCollection<int> bad, params Naming[] namings)
    {
        private const string BadCustomer = "InvalidCustomerIdentifierException";
        private readonly PoisonHunt _hunt = new();

        public int Calls { get; private set; }

        public List<PendingRecord> Accepted { get; } = [];

        public List<PendingRecord> Quarantined { get; } = [];

        public void SendAll(IReadOnlyList<PendingRecord> first)
        {
            var waiting = new Stack<IReadOnlyList<PendingRecord>>([first]);
            while (waiting.TryPop(out var batch))
            {
                Send(batch, waiting);
            }
        }

        private void Send(IReadOnlyList<PendingRecord> batch, Stack<IReadOnlyList<PendingRecord>> waiting)
        {
            Calls++;
            var culprit = batch.FirstOrDefault(record => bad.Contains(NumberOf(record)));
            if (culprit is null)
            {
                Accepted.AddRange(batch);
                foreach (var record in batch)
                {
                    _hunt.Accepted(record);
                }
            }
            else if (batch.Count == 1)
            {
                Quarantined.Add(culprit);
                _hunt.Quarantined(culprit);
            }
            else
            {
                var (code, message) = Error(batch, culprit);
                var (first, second) = _hunt.Divide(batch, code, message);
                waiting.Push(second);
                waiting.Push(first);
            }
        }

        private (string Code, string Message) Error(IReadOnlyList<PendingRecord> batch, PendingRecord culprit)
        {
            var other = batch[^1] == culprit ? batch[0] : batch[^1];
            return namings[NumberOf(culprit) % namings.Length] switch
            {
                Naming.Value => (BadCustomer, $"'{culprit.Customer}' is invalid."),
                Naming.Place => (
                    "ValidationException",
                    $"Value at 'usageRecords.{batch.ToList().IndexOf(culprit) + 1}.member.dimension' is bad."),
                Naming.AnotherRecord => (BadCustomer, $"'{other.Customer}' is invalid."),
                _ => ("InvalidUsageDimensionException", "One of the dimensions is invalid."),
            };
        }
    }
}
