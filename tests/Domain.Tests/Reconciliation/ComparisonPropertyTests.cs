using CsCheck;
using Tally.Domain.Ledger;
using Tally.Domain.Reconciliation;
using Tally.Domain.Sealing;
using static Tally.Domain.Tests.Reconciliation.Books;

namespace Tally.Domain.Tests.Reconciliation;

public sealed class ComparisonPropertyTests
{
    private static readonly LedgerKind[][] Lives =
    [
        [LedgerKind.Sealed, LedgerKind.Submitted, LedgerKind.Answered, LedgerKind.Delivered],
        [LedgerKind.Sealed, LedgerKind.Submitted, LedgerKind.Submitted, LedgerKind.Answered, LedgerKind.Delivered],
        [LedgerKind.Sealed, LedgerKind.Shadowed],
        [LedgerKind.Sealed, LedgerKind.Submitted, LedgerKind.Answered, LedgerKind.Quarantined],
        [LedgerKind.Sealed, LedgerKind.Submitted, LedgerKind.Parked, LedgerKind.Expired],
        [LedgerKind.Sealed],
    ];

    private static readonly Gen<Book> GenBook =
        Gen.Select(
            Gen.Int[0, Lives.Length - 1].Array[1, 24],
            Gen.Int[0, 9].Array[24],
            (lives, quantities) => Open(lives, quantities))
            .Where(book => book.Billed.Count > 0);

    [Fact]
    public void Compare_EvidenceMadeFromTheLedger_GivesNoDifference() => GenBook.Sample(book =>
    {
        var report = Compare(book.Lines, book.Evidence);

        Assert.Empty(report.Differences);
        Assert.Equal(book.Billed.Count, report.Summary.Equal);
        Assert.Equal(report.Summary.Here, report.Summary.There);
        Assert.All(report.Summary.Dimensions.Values, sums => Assert.Equal(sums.Here, sums.There));
    });

    [Fact]
    public void Compare_OneRecordDropped_IsMissing() => Mutated((book, evidence, index) =>
    {
        evidence.RemoveAt(index);
        return (DifferenceKind.MissingInEvidence, book.Billed[index]);
    });

    [Fact]
    public void Compare_OneRecordTwice_IsTwice() => Mutated((book, evidence, index) =>
    {
        evidence.Add(evidence[index]);
        return (DifferenceKind.TwiceInEvidence, book.Billed[index]);
    });

    [Fact]
    public void Compare_OneQuantityChanged_IsAnotherQuantity() => Mutated((book, evidence, index) =>
    {
        evidence[index] = evidence[index] with { Quantity = evidence[index].Quantity + 1 };
        return (DifferenceKind.OtherQuantity, book.Billed[index]);
    });

    [Fact]
    public void Compare_OneReceiptChanged_IsAnotherReceipt() => Mutated((book, evidence, index) =>
    {
        evidence[index] = evidence[index] with { MeteringRecordIds = ["another"] };
        return book.Billed[index].IsShadow ? null : (DifferenceKind.OtherReceipt, book.Billed[index]);
    });

    [Fact]
    public void Compare_OneForeignRecord_IsUnknown() => Mutated((book, evidence, index) =>
    {
        var foreign = book.Billed[index].Record with { Dimension = "foreign" };
        evidence.Add(Evidence(foreign));
        return (DifferenceKind.UnknownHere, new(foreign, IsShadow: false));
    });

    [Fact]
    public void Compare_EvidenceInAnyOrder_GivesTheSameReport() =>
        GenBook.SelectMany(book => Gen.Shuffle(book.Evidence.ToArray()), (book, shuffled) => (book, shuffled))
            .Sample((book, shuffled) =>
            {
                var told = Compare([], shuffled).Differences.Select(Order).ToList();

                Assert.Equal(book.Evidence.Count, told.Count);
                Assert.Equal(told.Order(StringComparer.Ordinal), told);
            });

    private static string Order(Difference difference) =>
        $"{difference.StartSeconds} {difference.Dimension} {difference.Identity.CustomerIdentifier}"
        + $" {difference.Identity.AwsAccountId}";

    private static void Mutated(Func<Book, List<EvidenceRecord>, int, (DifferenceKind Kind, Billed About)?> mutate) =>
        Gen.Select(GenBook, Gen.Int[0, 1_000]).Sample((book, at) =>
        {
            var evidence = book.Evidence.ToList();
            var expected = mutate(book, evidence, at % book.Billed.Count);
            var report = Compare(book.Lines, evidence);

            if (expected is not var (kind, about))
            {
                Assert.Empty(report.Differences);
                return;
            }

            var difference = Assert.Single(report.Differences);
            Assert.Equal(
                (kind, about.Record.Dimension, about.Record.Identity, about.Record.Key.HourStartSeconds),
                (difference.Kind, difference.Dimension, difference.Identity, difference.StartSeconds));
            Assert.Equal(1, report.Summary.Counts[kind]);
        });

    private static Book Open(int[] lives, int[] quantities)
    {
        var (lines, billed) = (new List<LedgerLine>(), new List<Billed>());
        for (var index = 0; index < lives.Length; index++)
        {
            var identity = (index / 6) switch
            {
                0 => Id("a"),
                1 => Id("b"),
                2 => Account("1", "l"),
                _ => Account("1", "m"),
            };
            var dimension = index % 2 == 0 ? "calls" : "gib";
            var record = Record(quantities[index], Hour + (index % 6 / 2 * 3_600), dimension, identity);
            lines.AddRange(Life(record, $"c-{index / 6}", Lives[lives[index]]));
            if (lives[index] <= 2)
            {
                billed.Add(new(record, lives[index] == 2));
            }
        }

        return new(lines, billed);
    }

    private sealed record Billed(UsageRecord Record, bool IsShadow);

    private sealed record Book(List<LedgerLine> Lines, List<Billed> Billed)
    {
        public List<EvidenceRecord> Evidence { get; } = [.. Billed.Select(one => Books.Evidence(one.Record))];
    }
}
