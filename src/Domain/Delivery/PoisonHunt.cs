using System.Numerics;

namespace Tally.Domain.Delivery;

/// <summary>
/// Divides batches that were refused because of some of their records, so that the others go out with as few calls
/// as may be. What an error's message names is believed until AWS accepts a record that it was about.
/// </summary>
/// <remarks>
/// One bad record among 25 takes ten more calls where the message names nothing, two where it names the record, and
/// at most twelve where it names another: until the records that a message names are refused on their own, what was
/// divided from them is only halved. Changed by calls of its methods only; for one caller at a time.
/// </remarks>
public sealed class PoisonHunt
{
    private readonly Dictionary<PendingRecord, Name> _suspects = [];
    private readonly Dictionary<PendingRecord, Name> _rest = [];
    private bool _isMisled;

    /// <summary>Divides a batch that was refused because of one or more of its records.</summary>
    /// <param name="batch">At least two records, in the order in which they were sent.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="message">The error's message.</param>
    /// <returns>
    /// Two parts that are sent on their own, neither empty. Where the message names records, they are the first, so
    /// that it is soon known whether they are the cause.
    /// </returns>
    /// <exception cref="ArgumentException">There is nothing to divide.</exception>
    public (IReadOnlyList<PendingRecord> First, IReadOnlyList<PendingRecord> Second) Divide(
        IReadOnlyList<PendingRecord> batch, string code, string message)
    {
        var isBelieved = !_isMisled
            && !batch.Any(record => _rest.TryGetValue(record, out var name) && !name.IsProven);
        Refused(batch);
        var named = isBelieved && batch.Count > 2 ? NamedSuspects.Find(batch, code, message) : [];

        // As many suspects that they take as many calls as halves are no help, should only one of them be bad.
        if (named.Count == 0 || Rounds(named.Count) >= Rounds(batch.Count))
        {
            return BatchSplitter.Halve(batch);
        }

        IReadOnlyList<PendingRecord> rest = [.. batch.Except(named)];
        var believed = new Name();
        foreach (var record in named)
        {
            _suspects[record] = believed;
        }

        foreach (var record in rest)
        {
            _rest[record] = believed;
        }

        return (named, rest);
    }

    /// <summary>Hears that AWS took a call with this record, whatever it said of the record.</summary>
    /// <param name="record">The record.</param>
    public void Accepted(PendingRecord record)
    {
        _rest.Remove(record);
        _isMisled |= _suspects.Remove(record);
    }

    /// <summary>Hears that a record was refused on its own.</summary>
    /// <param name="record">The record.</param>
    public void Quarantined(PendingRecord record)
    {
        _rest.Remove(record);
        Refused([record]);
    }

    private void Refused(IReadOnlyList<PendingRecord> batch)
    {
        foreach (var record in batch)
        {
            if (_suspects.Remove(record, out var name))
            {
                name.IsProven = true;
            }
        }
    }

    /// <summary>How often a batch is halved until one record is left.</summary>
    private static int Rounds(int count) => count == 1 ? 0 : BitOperations.Log2((uint)count - 1) + 1;

    /// <summary>A name that a message gave.</summary>
    private sealed class Name
    {
        /// <summary>Whether the records that it names were refused on their own.</summary>
        public bool IsProven { get; set; }
    }
}
