using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Tally.Domain.Ledger;

namespace Tally.Ledger.Segments;

/// <summary>
/// Which lines the ledger has, hour by hour, so that none is written twice: 128 bits of each, among which two are not
/// the same by chance. A copy of what is stored; hours that are long unused are forgotten, and read again when needed.
/// Not for concurrent use.
/// </summary>
/// <remarks>
/// Lines of calls are not among them: their ids are those of one attempt, and whoever makes it writes them once.
/// </remarks>
/// <param name="countMax">How many lines to keep, about.</param>
internal sealed class KnownLines(int countMax = 2_000_000)
{
    private const int LineBytes = 16;
    private const int TextBytesMax = 1_024;

    private readonly Dictionary<HourKey, Hour> _hours = [];
    private long _uses;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _hours.Clear();

    /// <summary>Finds what is known of an hour.</summary>
    /// <param name="key">The hour.</param>
    /// <returns>Its lines; null where they are to be read first.</returns>
    public Hour? Find(HourKey key)
    {
        if (!_hours.TryGetValue(key, out var hour))
        {
            return null;
        }

        hour.LastUse = ++_uses;
        return hour;
    }

    /// <summary>Begins to know an hour.</summary>
    /// <param name="key">The hour.</param>
    /// <returns>Its lines, of which there are none yet.</returns>
    public Hour Begin(HourKey key) => _hours[key] = new() { LastUse = ++_uses };

    /// <summary>Forgets the hours that are unused for longest, while there is too much.</summary>
    public void Trim()
    {
        var count = _hours.Values.Sum(hour => hour.Weight);
        foreach (var (key, hour) in _hours.OrderBy(pair => pair.Value.LastUse).SkipLast(1).ToList())
        {
            if (count <= countMax)
            {
                return;
            }

            count -= hour.Weight;
            _hours.Remove(key);
        }
    }

    /// <summary>The lines of an hour.</summary>
    internal sealed class Hour
    {
        // An hour with few lines takes its room, too.
        private const int OwnWeight = 20;

        private readonly HashSet<UInt128> _lines = [];

        /// <summary>When it was used last; later is more.</summary>
        public long LastUse { get; set; }

        /// <summary>The first sequence that isn't looked at.</summary>
        public long Through { get; set; }

        /// <summary>How much room it takes, in lines.</summary>
        public int Weight => _lines.Count + OwnWeight;

        /// <summary>Adds a line, unless it is known.</summary>
        /// <param name="line">The line.</param>
        /// <param name="to">Where to note it, if it is to be known from what is stored.</param>
        /// <returns>Whether it is new.</returns>
        public bool Add(LedgerLine line, Stream to)
        {
            if (line.Kind is LedgerKind.Submitted or LedgerKind.Answered)
            {
                return true;
            }

            var hash = HashOf(line);
            if (!_lines.Add(hash))
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[LineBytes];
            BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
            to.Write(bytes);
            return true;
        }

        /// <summary>Takes in what is stored of a segment.</summary>
        /// <param name="known">What is stored.</param>
        public void Add(ReadOnlySpan<byte> known)
        {
            for (; !known.IsEmpty; known = known[LineBytes..])
            {
                _lines.Add(BinaryPrimitives.ReadUInt128LittleEndian(known));
            }
        }

        /// <summary>XxHash128 of: ordinal (4 bytes), length of the customer in UTF-8 (4), customer, id.</summary>
        private static UInt128 HashOf(LedgerLine line)
        {
            const int Head = sizeof(int) + sizeof(int);
            var customer = line.Customer.Customer;
            var length = Head + Encoding.UTF8.GetMaxByteCount(customer.Length + line.Id.Length);
            Span<byte> bytes = length <= TextBytesMax ? stackalloc byte[TextBytesMax] : new byte[length];
            var end = Head + Encoding.UTF8.GetBytes(customer, bytes[Head..]);
            BinaryPrimitives.WriteInt32LittleEndian(bytes, line.Record.Key.Ordinal);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[sizeof(int)..], end - Head);
            end += Encoding.UTF8.GetBytes(line.Id, bytes[end..]);
            return XxHash128.HashToUInt128(bytes[..end]);
        }
    }
}
