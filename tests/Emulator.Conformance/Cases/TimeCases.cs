using System.Text.Json.Nodes;
using static Tally.Emulator.Conformance.Cases.Say;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>Which usage is accepted when, and what is the same record.</summary>
internal static class TimeCases
{
    private const string OutOfBounds = "TimestampOutOfBoundsException";

    private static readonly World BeforeSix =
        World.Today with { Now = new DateTimeOffset(2026, 12, 1, 5, 59, 59, TimeSpan.Zero) };

    private static readonly World AtSix =
        World.Today with { Now = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero) };

    public static IEnumerable<Case> All => [.. Window, .. MonthEnd, .. Sameness, .. Of2020];

    private static IEnumerable<Case> Window =>
    [
        new("time.missing", "A timestamp is required.", Model, Batch(
            Invalid("null", "usageRecords.1.member.timestamp", "Member must not be null"),
            Record(("Timestamp", null)))),
        new("time.day", "Usage of exactly 24 hours ago is accepted.", "model, open point",
            At24("10:30:00", Gives("Success"))),
        new("time.older", "Older usage is refused.", Model, At24("10:29:59", Fails(OutOfBounds))),
        new("time.future.tolerated", "Five minutes ahead are tolerated.", "open point",
            Batch(Gives("Success"), Record(("Timestamp", At("2026-11-23T10:35:00Z"))))),
        new("time.future", "More is not.", "open point",
            Batch(Fails(OutOfBounds), Record(("Timestamp", At("2026-11-23T10:35:01Z"))))),
        new("time.whole-call", "One timestamp out of bounds refuses the call.", Model, Batch(
            Fails(OutOfBounds), Record(), Record(("Timestamp", At("2026-11-01T00:00:00Z"))))),
    ];

    private static IEnumerable<Case> MonthEnd =>
    [
        new("time.month.grace", "The previous month is accepted until 06:00 UTC on the 1st.", Model,
            Batch(Gives("Success"), Record(("Timestamp", At("2026-11-30T12:00:00Z")))))
        {
            World = BeforeSix,
        },
        new("time.month.closed", "From then on it isn't, however recent.", Model,
            Batch(Fails(OutOfBounds), Record(("Timestamp", At("2026-11-30T23:59:59Z")))))
        {
            World = AtSix,
        },
        new("time.month.new", "The new month is.", Model,
            Batch(Gives("Success"), Record(("Timestamp", At("2026-12-01T00:00:00Z")))))
        {
            World = AtSix,
        },
        new("time.month.both", "In the grace the 24 hours hold too.", "open point",
            Batch(Fails(OutOfBounds), Record(("Timestamp", At("2026-11-30T05:59:58Z")))))
        {
            World = BeforeSix,
        },
    ];

    private static IEnumerable<Case> Sameness =>
    [
        new("same.again", "The same record again is Success with the same id.", Guide,
            Batch(Gives("Success"), Record()), Batch(GivesAgain("Success", 0), Record())),
        new("same.hour", "Any time of the hour is the same record.", Guide,
            Batch(Gives("Success"), Record()),
            Batch(GivesAgain("Success", 0), Record(("Timestamp", At("2026-11-23T10:00:00Z"))))),
        new("same.next-hour", "Another hour is another record.", Guide,
            Batch(Gives("Success"), Record()),
            Batch(Gives("Success"), Record(("Timestamp", At("2026-11-23T09:59:59Z")), ("Quantity", 4)))),
        new("same.other-quantity", "Another quantity is DuplicateRecord, and the first one stays.", Guide,
            Batch(Gives("Success"), Record()),
            Batch(GivesAgain("DuplicateRecord", 0), Record(("Quantity", 4))),
            Batch(GivesAgain("Success", 0), Record())),
        new("same.zero", "A zero that came first locks the hour.", Guide,
            Batch(Gives("Success"), Record(("Quantity", 0))), Batch(Gives("DuplicateRecord"), Record())),
        new("same.in-batch", "Within a batch the earlier record wins.", "open point",
            Batch(Gives("Success", "DuplicateRecord"), Record(), Record(("Quantity", 4)))),
        new("same.dimension", "Another dimension is another record.", Guide,
            Batch(Gives("Success", "Success"), Record(), Record(("Dimension", "gb_hours"), ("Quantity", 4)))),
        new("same.license", "Another licence is another record.", Guide,
            Batch(Gives("Success", "Success"), Licensed(), Licensed(("LicenseArn", License + "b"), ("Quantity", 4)))),
    ];

    private static IEnumerable<Case> Of2020 =>
    [
        In2020("2020.hour", "In 2020 usage of exactly an hour ago was accepted.",
            Batch(Gives("Success"), Record(("Timestamp", At("2026-11-23T09:30:00Z"))))),
        In2020("2020.older", "And older usage was not.",
            Batch(Fails(OutOfBounds), Record(("Timestamp", At("2026-11-23T09:29:59Z"))))),
        In2020("2020.identifier", "CustomerIdentifier was required.", Batch(
            Invalid("null", "usageRecords.1.member.customerIdentifier", "Member must not be null"),
            Record(("CustomerIdentifier", null)))),
        In2020("2020.product", "So was ProductCode.", BatchOf(
            null, Invalid("null", "productCode", "Member must not be null"), Record())),
        In2020("2020.account", "CustomerAWSAccountId was no member, and is ignored.",
            Batch(Gives("Success"), Record(("CustomerAWSAccountId", Buyer)))),
    ];

    private static Step At24(string time, Expectation expected) =>
        Batch(expected, Record(("Timestamp", At($"2026-11-22T{time}Z"))));

    private static Case In2020(string id, string rule, Step step) =>
        new(id, rule, "model of 2020", step) { World = World.Of2020 };
}
