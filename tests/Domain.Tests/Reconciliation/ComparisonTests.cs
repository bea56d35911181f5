using Tally.Domain.Ledger;
using Tally.Domain.Reconciliation;
using Tally.Domain.Sealing;
using static Tally.Domain.Tests.Reconciliation.Books;

namespace Tally.Domain.Tests.Reconciliation;

public sealed class ComparisonTests
{
    private const LedgerKind Sealed = LedgerKind.Sealed;
    private const LedgerKind Sent = LedgerKind.Submitted;
    private const LedgerKind Done = LedgerKind.Delivered;

    [Theory]
    [InlineData(new[] { Sealed, Sent }, true, "answer_lost", RecordState.Waiting)]
    [InlineData(new[] { Sealed, Sent }, false, "in_flight", RecordState.Waiting)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Answered }, false, "in_flight", RecordState.Waiting)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Quarantined }, true, "answer_lost", RecordState.Quarantined)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Quarantined }, false, null, null)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Parked }, true, "answer_lost", RecordState.Parked)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Expired }, true, "answer_lost", RecordState.Expired)]
    [InlineData(new[] { Sealed, Sent, LedgerKind.Expired }, false, null, null)]
    [InlineData(
        new[] { Sealed, Sent, LedgerKind.Parked, LedgerKind.WrittenOff }, true, "answer_lost", RecordState.WrittenOff)]
    [InlineData(new[] { Sealed, LedgerKind.Held }, true, "never_sent_here", RecordState.Held)]
    [InlineData(new[] { Sealed }, true, "never_sent_here", RecordState.Waiting)]
    [InlineData(new[] { Sealed }, false, null, null)]
    [InlineData(new[] { Sealed, LedgerKind.Shadowed }, true, null, null)]
    [InlineData(new[] { Sealed, LedgerKind.Shadowed }, false, "missing_in_evidence", RecordState.Shadowed)]
    [InlineData(new[] { Sealed, Sent, Done }, true, null, null)]
    [InlineData(new[] { Sealed, Sent, Done }, false, "missing_in_evidence", RecordState.Delivered)]
    [InlineData(
        new[] { Sealed, Sent, LedgerKind.Parked, LedgerKind.WrittenOff, Done, LedgerKind.Parked }, true, null, null)]
    public void Compare_RecordOfThatLife_DiffersLikeThis(
        LedgerKind[] life, bool isThere, string? kind, RecordState? state)
    {
        var record = Record(7);
        var report = Compare(Life(record, "c", life), isThere ? [Evidence(record)] : []);

        var difference = report.Differences.SingleOrDefault();
        Assert.Equal(kind, difference is null ? null : DifferenceKinds.NameOf(difference.Kind));
        Assert.Equal(state, difference?.State);
        Assert.Equal(kind is null && isThere ? 1 : 0, report.Summary.Equal);
        Assert.True(difference is null || difference.Cause.Length > 0);
    }

    [Fact]
    public void Compare_LinesThatCameLate_CountByTheirTime()
    {
        var record = Record(7);
        var life = Life(record, "c", Sealed, Sent, LedgerKind.Parked, LedgerKind.Expired).ToList();
        var report = Compare([life[0], life[1], life[3], life[2]], []);

        Assert.Equal(new RecordSum(1, 7), Assert.Single(report.Summary.Undelivered).Value);
        Assert.Equal(RecordState.Expired, report.Summary.Undelivered.Keys.Single());
    }

    [Fact]
    public void Compare_CorrectedAfterItsAnswerWasLost_IsNamedUnderItsOldDimension()
    {
        var before = Record(7);
        var after = before with { Dimension = "requests" };
        var lines = Life(before, "c", Sealed, Sent, LedgerKind.Quarantined)
            .Append(Line(after, "c", LedgerKind.Corrected, 3))
            .Append(Line(after, "c", Sent, 4))
            .Append(Line(after, "c", Done, 5));
        var report = Compare(lines, [Evidence(before), Evidence(after, 2)]);

        var difference = Assert.Single(report.Differences);
        Assert.Equal(
            (DifferenceKind.AnswerLost, "calls", "c"), (difference.Kind, difference.Dimension, difference.Customer));
        Assert.Contains("billed twice", difference.Cause, StringComparison.Ordinal);
        Assert.Equal(new RecordSum(1, 7), report.Summary.Here);
        Assert.Equal(new RecordSum(2, 14), report.Summary.There);
    }

    [Fact]
    public void Compare_OtherReceiptOrRefused_IsSaid()
    {
        var (one, other) = (Record(7), Record(8, Hour + 3_600));
        var report = Compare(
            Life(one, "c", Sealed, Sent, Done).Concat(Life(other, "c", Sealed, Sent, Done)),
            [
                Evidence(one, 3) with { MeteringRecordIds = ["else"] },
                Evidence(other, 4) with { Status = "CustomerNotSubscribed" },
            ]);

        Assert.Equal(
            [DifferenceKind.OtherReceipt, DifferenceKind.MissingInEvidence],
            report.Differences.Select(difference => difference.Kind));
        Assert.Equal(ReceiptOf(one), report.Differences[0].ReceiptHere);
        Assert.Equal(["else"], report.Differences[0].ReceiptsThere);
        Assert.Equal("CustomerNotSubscribed", Assert.Single(report.Differences[1].Refusals));
        Assert.Equal([4], report.Differences[1].Lines);
        Assert.Equal(1, report.Summary.Refused);
    }

    [Fact]
    public void Compare_TwoCustomersOfOneIdentity_AreNamed()
    {
        var record = Record(7);
        var report = Compare(
            Life(record, "a", Sealed, Sent, Done).Concat(Life(record, "b", Sealed, Sent, Done)), [Evidence(record)]);

        Assert.Equal(DifferenceKind.TwiceHere, Assert.Single(report.Differences).Kind);
    }

    [Fact]
    public void Compare_EvidenceOfOtherProductsAndHours_IsLeftOutAndCounted()
    {
        var record = Record(7);
        var report = Compare(
            Life(record, "c", Sealed, Sent, Done),
            [
                Evidence(record),
                Evidence(record) with { Product = "q" },
                Evidence(record) with { Time = DateTimeOffset.FromUnixTimeSeconds(Terms.ToSeconds) },
                Evidence(record) with { Time = DateTimeOffset.FromUnixTimeSeconds(Terms.FromSeconds - 1) },
            ]);

        Assert.Empty(report.Differences);
        Assert.Equal((1, 2), (report.Summary.OtherProducts, report.Summary.Outside));
    }

    [Fact]
    public void Compare_ByDay_ComparesSums()
    {
        var (one, other) = (Record(7, Day), Record(8, Day + 7_200));
        var lines = Life(one, "c", Sealed, Sent, Done).Concat(Life(other, "c", Sealed, Sent)).ToList();
        var terms = new ReconciliationTerms(Product, Day, Day + 86_400);

        Assert.Equal(1, Compare(lines, [Daily(7)], terms).Summary.Equal);
        Assert.Equal(DifferenceKind.AnswerLost, Assert.Single(Compare(lines, [Daily(15)], terms).Differences).Kind);
        Assert.Equal(DifferenceKind.OtherQuantity, Assert.Single(Compare(lines, [Daily(9)], terms).Differences).Kind);
        Assert.Equal(DifferenceKind.MissingInEvidence, Assert.Single(
            Compare(lines, [], terms with { IsDaily = true }).Differences).Kind);
        Assert.Equal(1, Compare(lines, [Daily(3), Daily(4)], terms).Summary.Equal);

        EvidenceRecord Daily(int quantity) => Evidence(one) with
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(Day),
            Quantity = quantity,
            IsDaily = true,
            MeteringRecordIds = [],
        };
    }

    [Fact]
    public void Compare_EvidenceWithoutLicenses_ComparesAccounts()
    {
        var (one, other) = (Record(7, identity: Account("1", "l-1")), Record(8, identity: Account("1", "l-2")));
        var third = Record(9, identity: Account("2", "l-3"));
        var lines = new[] { one, other, third }
            .SelectMany(record => Life(record, record.Identity.LicenseArn!, Sealed, Done));
        var report = Compare(lines, [Evidence(one) with { Identity = Account("1"), Quantity = 15 }, Evidence(third)]);

        Assert.Empty(report.Differences);
        Assert.Equal(2, report.Summary.Equal);
    }

    [Fact]
    public void Compare_EvidenceWithoutCustomers_ComparesAllTogether()
    {
        var lines = new[] { Record(7), Record(8, identity: Id("id-2")) }
            .SelectMany(record => Life(record, record.Identity.CustomerIdentifier!, Sealed, Done));
        var report = Compare(lines, [Evidence(Record(15)) with { Identity = new(null, null, null) }]);

        Assert.Empty(report.Differences);
        Assert.True(report.Summary.IgnoresCustomers);
    }

    [Fact]
    public void Compare_MoreDifferencesThanAreKept_CountsThemAll()
    {
        var evidence = Enumerable.Range(0, 5).Select(index => Evidence(Record(1, identity: Id($"x-{index}")))).ToList();
        var report = Compare([], evidence, Terms with { DifferencesMax = 2 });

        Assert.Equal(["x-0", "x-1"], report.Differences.Select(one => one.Identity.CustomerIdentifier));
        Assert.True(report.IsTruncated);
        Assert.Equal(5, report.Summary.Counts[DifferenceKind.UnknownHere]);
    }
}
