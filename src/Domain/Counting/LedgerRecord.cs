using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>A usage record in its customer's ledger.</summary>
/// <param name="record">The record as it is sent.</param>
internal sealed class LedgerRecord(UsageRecord record)
{
    /// <summary>The record as it is sent; never changes.</summary>
    public UsageRecord Record { get; } = record;

    /// <summary>Where it is.</summary>
    public RecordState State { get; private set; }

    /// <summary>What happened to it last.</summary>
    public Settlement? Last { get; private set; }

    /// <summary>Whether nothing more can happen to it.</summary>
    public bool IsFinal => State is RecordState.Delivered or RecordState.Expired;

    /// <summary>Whether it keeps its customer in the flush index.</summary>
    public bool IsPending => State is RecordState.Waiting or RecordState.Parked;

    /// <summary>Applies what happened, unless the record is final already.</summary>
    /// <param name="settlement">What happened.</param>
    /// <returns>Whether the record has changed.</returns>
    public bool Settle(Settlement settlement)
    {
        if (IsFinal || settlement == Last || (State == settlement.State && State != RecordState.Parked))
        {
            return false;
        }

        (State, Last) = (settlement.State, settlement);
        return true;
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int64(Record.Key.HourStartSeconds);
        writer.Text(Record.Identity.CustomerIdentifier);
        writer.Text(Record.Identity.AwsAccountId);
        writer.Text(Record.Identity.LicenseArn);
        writer.Text(Record.Dimension);
        writer.Int64(Record.TimestampSeconds);
        writer.Int32(Record.Quantity);
        writer.Byte((byte)State);
        writer.Byte(Last is null ? (byte)0 : (byte)1);
        if (Last is not null)
        {
            SettlementFormat.Write(writer, Last);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="ordinal">The dimension it belongs to.</param>
    /// <returns>The record.</returns>
    public static LedgerRecord Read(ref PayloadReader reader, int ordinal)
    {
        var key = new RecordKey(ordinal, reader.Int64());
        var identity = new CustomerIdentity(reader.Text(), reader.Text(), reader.Text());
        var record = new UsageRecord(key, identity, reader.Text() ?? "", reader.Int64(), reader.Int32());
        return new LedgerRecord(record)
        {
            State = SettlementFormat.ReadState(ref reader),
            Last = reader.Byte() == 0 ? null : SettlementFormat.Read(ref reader),
        };
    }
}
