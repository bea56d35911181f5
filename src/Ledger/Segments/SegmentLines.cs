using Tally.Domain.Ledger;

namespace Tally.Ledger.Segments;

/// <summary>Takes those lines out of segments that a query asks for, up to a page.</summary>
/// <param name="filter">Which lines.</param>
/// <param name="after">The last line of the page before.</param>
/// <param name="countMax">How many at most.</param>
internal sealed class SegmentLines(LedgerFilter filter, long after, int countMax)
{
    private readonly List<LedgerRow> _rows = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<LedgerRow> Rows => _rows;

    /// <summary>Whether the page is full.</summary>
    public bool IsFull => _rows.Count >= countMax;

    /// <summary>The key that segments are to be found by; null where it is by something else.</summary>
    public uint? Key => filter switch
    {
        { MeteringRecordId: { } receipt } => SegmentKeys.OfReceipt(filter.Product, receipt),
        { Customer: { } customer } => SegmentKeys.OfCustomer(filter.Product, customer),
        _ => null,
    };

    /// <summary>The bits of the kinds that are asked for.</summary>
    public int Kinds => filter.Kind is { } kind ? 1 << (int)kind : -1;

    /// <summary>The lowest sequence that a segment can have in which there are lines of the page.</summary>
    public long FirstSequence => Math.Max(1, after + 2 - LedgerSegment.CountMax);

    /// <summary>Takes a segment's lines.</summary>
    /// <param name="hourStartSeconds">The segment's hour; its product is the filter's.</param>
    /// <param name="sequence">The sequence of its first line.</param>
    /// <param name="payload">Its lines.</param>
    public void Take(long hourStartSeconds, long sequence, ReadOnlySpan<byte> payload)
    {
        if (hourStartSeconds < filter.FromSeconds || hourStartSeconds >= filter.ToSeconds)
        {
            return;
        }

        foreach (var line in SegmentFormat.Read(new(filter.Product, hourStartSeconds), payload))
        {
            if (sequence > after && IsAsked(line) && !IsFull)
            {
                _rows.Add(new(sequence, line));
            }

            sequence++;
        }
    }

    private bool IsAsked(LedgerLine line) =>
        (filter.Customer is null || filter.Customer == line.Customer.Customer)
        && (filter.Ordinal is null || filter.Ordinal == line.Record.Key.Ordinal)
        && (filter.Kind is null || filter.Kind == line.Kind)
        && (filter.MeteringRecordId is null || filter.MeteringRecordId == line.MeteringRecordId);
}
