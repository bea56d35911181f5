using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting;

/// <summary>A product with every kind of dimension, and short words for what tests do with a ledger.</summary>
internal static class TestBooks
{
    /// <summary>A dimension by what it does.</summary>
    public const int Sum = 0, Count = 1, Max = 2, Unique = 3, Last = 4, SumUp = 5, SumNearest = 6, Retired = 7;

    /// <summary>Noon of a day in the middle of a month.</summary>
    public static DateTimeOffset Noon { get; } = Times.At("2026-05-15T12:00:00Z");

    /// <summary>The buyer.</summary>
    public static CustomerIdentity Buyer { get; } = new("customer-1", null, null);

    /// <summary>The product.</summary>
    public static ProductDefinition Product { get; } = new(
        "product-1",
        "Product",
        3,
        LatePolicy.Default,
        [
            new(Sum, "sum", Aggregation.Sum, RoundingRule.Floor, null, Retired: false),
            new(Count, "count", Aggregation.Count, RoundingRule.Floor, null, Retired: false),
            new(Max, "max", Aggregation.Max, RoundingRule.Ceiling, null, Retired: false),
            new(Unique, "unique", Aggregation.UniqueCount, RoundingRule.Floor, "user", Retired: false),
            new(Last, "last", Aggregation.Last, RoundingRule.Nearest, null, Retired: false),
            new(SumUp, "sum-up", Aggregation.Sum, RoundingRule.Ceiling, null, Retired: false),
            new(SumNearest, "sum-nearest", Aggregation.Sum, RoundingRule.Nearest, null, Retired: false),
            new(Retired, "retired", Aggregation.Sum, RoundingRule.Floor, null, Retired: true),
        ]);

    /// <summary>How its events are counted.</summary>
    public static CountingRules Rules { get; } = Of(LatePolicy.Default);

    /// <summary>The rules under another policy.</summary>
    public static CountingRules Of(LatePolicy late) =>
        new(Product with { Late = late }, MeteringPeriod.Hour, AcceptanceRules.Aws2026, TimeSpan.FromMinutes(30));

    /// <summary>The hour of a moment.</summary>
    public static MeteringHour HourOf(DateTimeOffset time) => MeteringPeriod.Hour.Of(time);

    /// <summary>The key of a record.</summary>
    public static RecordKey KeyOf(int ordinal, DateTimeOffset time) => new(ordinal, HourOf(time).StartSeconds);

    /// <summary>Counts events at a moment and says what became of them.</summary>
    public static CountStatus[] Post(this CustomerLedger ledger, DateTimeOffset now, params TestEvent[] events) =>
        ledger.Post(Rules, now, events).Statuses;

    /// <summary>Counts events at a moment; says what became of them and what was written down.</summary>
    public static (CountStatus[] Statuses, byte[] Entry) Post(
        this CustomerLedger ledger, CountingRules rules, DateTimeOffset now, params TestEvent[] events)
    {
        var statuses = new byte[events.Length];
        var entry = new PayloadWriter();
        var counted = LedgerEntries.Count(ledger, TestEvent.Block(events), rules, now, statuses, entry);
        var answers = statuses.Select(status => (CountStatus)status).ToArray();
        Assert.Equal(answers.Count(status => status == CountStatus.Counted), counted);
        return (answers, entry.Written.ToArray());
    }

    /// <summary>Seals every hour up to that of a moment.</summary>
    public static bool Seal(this CustomerLedger ledger, DateTimeOffset through) =>
        ledger.Seal(HourOf(through), Product, Buyer, HourOf(through).End);

    /// <summary>Settles one record and says what was written down.</summary>
    public static byte[] Settle(this CustomerLedger ledger, params Settlement[] settlements)
    {
        var entry = new PayloadWriter();
        LedgerEntries.Settle(ledger, settlements, entry);
        return entry.Written.ToArray();
    }

    /// <summary>Does what a person wants and says what was written down.</summary>
    public static (AmendStatus Status, byte[] Entry) Amend(
        this CustomerLedger ledger, RecordAmendment amendment, CountingRules rules, DateTimeOffset now)
    {
        var (status, entry) = LedgerEntries.Amend(ledger, amendment, rules, now);
        return (status, entry?.Written.ToArray() ?? []);
    }

    /// <summary>Says what happened to a record.</summary>
    public static Settlement To(this RecordKey key, RecordState state, string? reason = null) =>
        new(key, state, state == RecordState.Delivered ? "receipt" : null, reason, Noon);

    /// <summary>Through a snapshot and back.</summary>
    public static CustomerLedger Restored(this CustomerLedger ledger) =>
        CustomerLedger.FromSnapshot(ledger.ToSnapshot(), ledger.Period);
}
