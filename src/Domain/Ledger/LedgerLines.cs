using System.Globalization;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;

namespace Tally.Domain.Ledger;

/// <summary>
/// Derives the lines of a change to a customer's books. The same change gives the same lines, however often: those
/// of a journal entry come out again when it is replayed.
/// </summary>
public static class LedgerLines
{
    /// <summary>The records that nothing has happened to since they were sealed.</summary>
    /// <param name="ledger">A customer's books.</param>
    /// <returns>Their keys, to be compared with those after a sealing.</returns>
    public static IReadOnlySet<RecordKey> Fresh(CustomerLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.Records().Where(view => view.Last is null).Select(view => view.Record.Key).ToHashSet();
    }

    /// <summary>The lines of the records that a sealing made.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="ledger">Its books after the sealing, and before anything is settled.</param>
    /// <param name="before">What <see cref="Fresh"/> said before the sealing.</param>
    /// <param name="now">When it was sealed.</param>
    /// <returns>A line for each new record.</returns>
    public static IReadOnlyList<LedgerLine> OfSealing(
        CustomerKey customer, CustomerLedger ledger, IReadOnlySet<RecordKey> before, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var id = LedgerKinds.NameOf(LedgerKind.Sealed);
        return
        [
            .. from view in ledger.Records()
               where view.Last is null && !before.Contains(view.Record.Key)
               select new LedgerLine(customer, view.Record, LedgerKind.Sealed, id, Whole(now)),
        ];
    }

    /// <summary>The lines of a journal entry; none for counted events.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="ledger">Its books, to which the entry was applied last.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>The lines, in the order of what happened.</returns>
    /// <exception cref="FormatException">It is no entry of a known kind.</exception>
    public static IReadOnlyList<LedgerLine> OfEntry(
        CustomerKey customer, CustomerLedger ledger, ReadOnlySpan<byte> entry) =>
        LedgerEntries.ReadSettled(entry) is { } settled ? Of(customer, ledger, settled) : [];

    /// <summary>The lines of what was settled without a journal entry, as a part of a sealing.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="ledger">Its books after the settlements.</param>
    /// <param name="settlements">What was settled.</param>
    /// <returns>A line for each.</returns>
    public static IReadOnlyList<LedgerLine> OfSettlements(
        CustomerKey customer, CustomerLedger ledger, IReadOnlyList<Settlement> settlements) =>
        settlements.Count == 0 ? [] : Of(customer, ledger, new(settlements));

    /// <summary>The line that says that a call with a record is about to be made.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="record">The record.</param>
    /// <param name="attempt">The call's id, which is the platform's own.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The line.</returns>
    public static LedgerLine OfCall(CustomerKey customer, UsageRecord record, string attempt, DateTimeOffset now) =>
        new(customer, record, LedgerKind.Submitted, IdOf(LedgerKind.Submitted, attempt), Whole(now));

    /// <summary>The line that says what a call came to for a record.</summary>
    /// <param name="submitted">The line of the call.</param>
    /// <param name="attempt">The call's id.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The line, without what AWS answered.</returns>
    public static LedgerLine OfAnswer(LedgerLine submitted, string attempt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        return submitted with
        {
            Kind = LedgerKind.Answered,
            Id = IdOf(LedgerKind.Answered, attempt),
            At = Whole(now),
        };
    }

    private static List<LedgerLine> Of(CustomerKey customer, CustomerLedger ledger, SettledEntry entry)
    {
        var lines = new List<LedgerLine>(entry.Settlements.Count);
        foreach (var settlement in entry.Settlements)
        {
            if (ledger.FindRecord(settlement.Key) is { } record)
            {
                lines.Add(Of(customer, record, settlement, entry));
            }
        }

        return lines;
    }

    private static LedgerLine Of(CustomerKey customer, UsageRecord record, Settlement settlement, SettledEntry entry)
    {
        var kind = KindOf(settlement.State, entry.IsCorrection);
        var ticks = Whole(settlement.At).UtcTicks.ToString(CultureInfo.InvariantCulture);
        var line = new LedgerLine(customer, record, kind, IdOf(kind, ticks), Whole(settlement.At))
        {
            MeteringRecordId = settlement.MeteringRecordId,
        };
        if (kind is not (LedgerKind.Delivered or LedgerKind.Parked or LedgerKind.Quarantined))
        {
            return line with { By = entry.By, Reason = entry.Reason ?? settlement.Reason };
        }

        var said = SpokenAnswer.Parse(settlement.Reason);
        return line with { Code = said.Code, Message = said.Message, RequestId = said.RequestId };
    }

    private static LedgerKind KindOf(RecordState state, bool isCorrection) => state switch
    {
        RecordState.Waiting => isCorrection ? LedgerKind.Corrected : LedgerKind.Released,
        RecordState.Parked => LedgerKind.Parked,
        RecordState.Quarantined => LedgerKind.Quarantined,
        RecordState.Delivered => LedgerKind.Delivered,
        RecordState.Expired => LedgerKind.Expired,
        RecordState.WrittenOff => LedgerKind.WrittenOff,
        RecordState.Held => LedgerKind.Held,
        RecordState.Shadowed => LedgerKind.Shadowed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    private static string IdOf(LedgerKind kind, string which) => $"{LedgerKinds.NameOf(kind)}:{which}";

    /// <summary>Not every store keeps more than microseconds.</summary>
    private static DateTimeOffset Whole(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
