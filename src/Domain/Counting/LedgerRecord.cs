using Tally.Domain.Encoding;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>A usage record in its customer's ledger.</summary>
/// <param name="record">The record as it is sent.</param>
/// <param name="notes">What there is to know of it that AWS isn't told.</param>
internal sealed class LedgerRecord(UsageRecord record, RecordNotes notes)
{
    /// <summary>The record as it is sent; changes only when a person corrects what AWS refused.</summary>
    public UsageRecord Record { get; private set; } = record;

    /// <summary>Where it is.</summary>
    public RecordState State { get; private set; }

    /// <summary>What happened to it last.</summary>
    public Settlement? Last { get; private set; }

    /// <summary>Shows the record.</summary>
    /// <returns>It, where it is, and what there is to know of it.</returns>
    public RecordView View() => new(Record, State, Last) { Notes = notes };

    /// <summary>Whether nothing more can happen to it, but that a written-off one turns out delivered.</summary>
    public bool IsFinal => IsFinalState(State);

    /// <summary>Whether it keeps its customer in the flush index.</summary>
    public bool IsPending => State is RecordState.Waiting or RecordState.Parked or RecordState.Held;

    /// <summary>Whether a state is final.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsFinalState(RecordState state) =>
        state is RecordState.Delivered or RecordState.Expired or RecordState.WrittenOff or RecordState.Shadowed;

    /// <summary>Applies what happened, unless the record is final already.</summary>
    /// <param name="settlement">What happened.</param>
    /// <returns>Whether the record has changed.</returns>
    public bool Settle(Settlement settlement)
    {
        if (!MayBecome(settlement.State)
            || settlement == Last
            || (State == settlement.State && State != RecordState.Parked))
        {
            return false;
        }

        (State, Last) = (settlement.State, settlement);
        return true;
    }

    /// <summary>
    /// Applies a correction, unless the record is final already. Whether it may be corrected was decided before; here
    /// the last correction wins, so that a replay from any entry on ends the same.
    /// </summary>
    /// <param name="change">What happens and how the record is from then on.</param>
    /// <returns>Whether the record has changed.</returns>
    public bool Correct(in RecordChange change)
    {
        var corrected = Record with { Identity = change.Identity, Dimension = change.Dimension };
        if (!MayBecome(change.Settlement.State) || (change.Settlement == Last && corrected == Record))
        {
            return false;
        }

        (State, Last, Record) = (change.Settlement.State, change.Settlement, corrected);
        return true;
    }

    /// <summary>Shows its allocations no longer; only of a record that isn't sent any more.</summary>
    public void ForgetAllocations() => Record = Record with { Allocations = null };

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int64(Record.Key.HourStartSeconds);
        IdentityFormat.Write(writer, Record.Identity);
        writer.Text(Record.Dimension);
        writer.Int64(Record.TimestampSeconds);
        writer.Int32(Record.Quantity);
        writer.Byte((byte)State);
        writer.Byte(Last is null ? (byte)0 : (byte)1);
        if (Last is not null)
        {
            SettlementFormat.Write(writer, Last);
        }

        RecordNotesFormat.Write(writer, notes);
        AllocationsFormat.Write(writer, Record.Allocations);
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="ordinal">The dimension it belongs to.</param>
    /// <param name="version">The snapshot's version; the first two had no notes, the first four no allocations.</param>
    /// <returns>The record.</returns>
    public static LedgerRecord Read(ref PayloadReader reader, int ordinal, byte version)
    {
        var key = new RecordKey(ordinal, reader.Int64());
        var identity = IdentityFormat.Read(ref reader);
        var record = new UsageRecord(key, identity, reader.Text() ?? "", reader.Int64(), reader.Int32());
        var state = SettlementFormat.ReadState(ref reader);
        var last = reader.Byte() == 0 ? null : SettlementFormat.Read(ref reader);
        var notes = version < 3 ? RecordNotes.None : RecordNotesFormat.Read(ref reader);
        var allocations = version < 5 ? null : AllocationsFormat.Read(ref reader);
        return new LedgerRecord(record with { Allocations = allocations }, notes) { State = state, Last = last };
    }

    /// <summary>AWS's word that it has the record is above everything but its own word of before.</summary>
    private bool MayBecome(RecordState next) =>
        !IsFinal || (State == RecordState.WrittenOff && next == RecordState.Delivered);
}
