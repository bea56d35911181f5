using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Ledger;

public sealed class LedgerLinesTests
{
    private static readonly CustomerKey Customer = new(new("acme", "p"), "c");
    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);
    private readonly RecordKey _key = KeyOf(Sum, Noon);

    public LedgerLinesTests()
    {
        _ledger.Post(Noon, new(1, Noon), new TestEvent(2, Noon, Ordinal: TestBooks.Count));
        _ledger.Seal(Noon);
    }

    [Fact]
    public void OfSealing_NewRecords_HaveALineEach()
    {
        var lines = LedgerLines.OfSealing(Customer, _ledger, new HashSet<RecordKey>(), Noon.AddHours(1).AddTicks(7));

        Assert.Equal(_ledger.RecordsIn(RecordState.Waiting), lines.Select(line => line.Record));
        Assert.All(lines, line => Assert.Equal(
            (Customer, LedgerKind.Sealed, "sealed", Noon.AddHours(1)), (line.Customer, line.Kind, line.Id, line.At)));
    }

    [Fact]
    public void OfSealing_RecordsOfEarlierHoursOrThatWentOn_AreLeftOut()
    {
        Settled(RecordState.Parked, "CustomerNotSubscribed");
        _ledger.Post(Noon.AddHours(2), new TestEvent(3, Noon.AddHours(2)));
        var before = LedgerLines.Fresh(_ledger);
        _ledger.Seal(Noon.AddHours(2));

        var line = Assert.Single(LedgerLines.OfSealing(Customer, _ledger, before, Noon.AddHours(3)));
        Assert.Equal(KeyOf(Sum, Noon.AddHours(2)), line.Record.Key);
    }

    [Theory]
    [InlineData(RecordState.Delivered, "Success", LedgerKind.Delivered, "Success", null, null)]
    [InlineData(RecordState.Parked, "CustomerNotSubscribed", LedgerKind.Parked, "CustomerNotSubscribed", null, null)]
    [InlineData(
        RecordState.Quarantined, "InvalidTagException: a (b: c) (request r-1)", LedgerKind.Quarantined,
        "InvalidTagException", "a (b: c)", "r-1")]
    public void OfEntry_AnswerOfAws_SaysWhatAwsSaid(
        RecordState state, string reason, LedgerKind kind, string code, string? message, string? request)
    {
        var line = Assert.Single(Settled(state, reason));

        Assert.Equal((kind, code, message), (line.Kind, line.Code, line.Message));
        Assert.Equal((request, null, null), (line.RequestId, line.By, line.Reason));
        Assert.Equal(state == RecordState.Delivered ? "receipt" : null, line.MeteringRecordId);
    }

    [Theory]
    [InlineData(RecordAct.Release, LedgerKind.Released)]
    [InlineData(RecordAct.Correct, LedgerKind.Corrected)]
    [InlineData(RecordAct.WriteOff, LedgerKind.WrittenOff)]
    public void OfEntry_ActOfAPerson_SaysWhoAndWhyAndHowTheRecordIsFromThenOn(RecordAct act, LedgerKind kind)
    {
        Settled(RecordState.Quarantined, "DuplicateRecord");
        var correction = act == RecordAct.Correct ? new RecordCorrection("max", null) : null;
        var now = Noon.AddHours(2);
        var entry = _ledger.Amend(new(_key, act, "ops: me", "why (before: x)", correction), Rules, now).Entry;
        var line = Assert.Single(LedgerLines.OfEntry(Customer, _ledger, entry));

        Assert.Equal((kind, "ops: me", "why (before: x)", now), (line.Kind, line.By, line.Reason, line.At));
        Assert.Equal(act == RecordAct.Correct ? "max" : "sum", line.Record.Dimension);
        Assert.Null(line.Code);
    }

    [Fact]
    public void OfEntry_ReplayedOverASnapshot_GivesTheSameLines()
    {
        var rebuilt = _ledger.Restored();
        var entry = _ledger.Settle(_key.To(RecordState.Parked, "CustomerNotSubscribed"), _key.To(RecordState.Waiting));
        var lines = LedgerLines.OfEntry(Customer, _ledger, entry);
        LedgerEntries.Apply(rebuilt, entry, Product);
        LedgerEntries.Apply(rebuilt, entry, Product);

        Assert.Equal([LedgerKind.Parked, LedgerKind.Released], lines.Select(line => line.Kind));
        Assert.Equal(2, lines.Select(line => line.Id).Distinct().Count());
        Assert.Equal(lines, LedgerLines.OfEntry(Customer, rebuilt, entry));
    }

    [Fact]
    public void OfEntry_CountedEvents_HaveNoLines() => Assert.Empty(LedgerLines.OfEntry(
        Customer, _ledger, _ledger.Post(Rules, Noon.AddHours(1), [new TestEvent(9, Noon.AddHours(1))]).Entry));

    [Fact]
    public void OfCallAndAnswer_OneAttempt_AreTwoLinesOfTheSameRecord()
    {
        var record = _ledger.RecordsIn(RecordState.Waiting)[0];
        var call = LedgerLines.OfCall(Customer, record, "a1", Noon);
        var answer = LedgerLines.OfAnswer(call, "a1", Noon.AddSeconds(1));

        Assert.Equal((LedgerKind.Submitted, "submitted:a1", record), (call.Kind, call.Id, call.Record));
        Assert.Equal((LedgerKind.Answered, "answered:a1", record), (answer.Kind, answer.Id, answer.Record));
        Assert.NotEqual(call.Id, LedgerLines.OfCall(Customer, record, "a2", Noon).Id);
    }

    [Fact]
    public void Outbox_EveryField_ComesBackAsItWas()
    {
        var sealedLines = LedgerLines.OfSealing(Customer, _ledger, new HashSet<RecordKey>(), Noon);
        var full = sealedLines[0] with
        {
            Kind = LedgerKind.Expired,
            Id = "x",
            Record = sealedLines[0].Record with { Identity = new(null, "1", "l") },
            MeteringRecordId = "m",
            Code = "c",
            Message = "",
            RequestId = "r",
            By = "b",
            Reason = "ü",
        };
        LedgerLine[] lines = [.. sealedLines, full];

        Assert.Equal(lines, LedgerOutbox.Read(Customer, LedgerOutbox.Write(lines)));
        Assert.Null(LedgerOutbox.Write([]));
        Assert.Empty(LedgerOutbox.Read(Customer, []));
        Assert.Throws<FormatException>(() => LedgerOutbox.Read(Customer, (byte[])[9]));
    }

    [Fact]
    public void Kinds_Words_AreReadAsTheyAreWritten()
    {
        foreach (var kind in Enum.GetValues<LedgerKind>())
        {
            Assert.Equal(kind, LedgerKinds.Find(LedgerKinds.NameOf(kind)));
        }

        Assert.Equal(Enum.GetValues<LedgerKind>().Length, LedgerKinds.All.Count);
        Assert.Null(LedgerKinds.Find("Sealed"));
    }

    private IReadOnlyList<LedgerLine> Settled(RecordState state, string reason) =>
        LedgerLines.OfEntry(Customer, _ledger, _ledger.Settle([_key.To(state, reason)]));
}
