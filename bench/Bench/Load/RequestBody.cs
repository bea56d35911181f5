using System.Globalization;
using System.Text;

namespace Tally.Bench.Load;

/// <summary>
/// The bytes of one request, made once and sent often: only the digits of the event ids and of the customers are
/// written anew for each sending, so that the load costs far less than serving it.
/// </summary>
internal sealed class RequestBody
{
    private const int IdDigits = 16;
    private const int CustomerDigits = 6;
    private readonly int[] _idOffsets;
    private readonly int[] _customerOffsets;
    private readonly int _customers;
    private readonly Random _random;

    /// <param name="events">Events in the request.</param>
    /// <param name="customers">Customers to draw from, each as likely as the other.</param>
    /// <param name="seed">Decides the customers that are drawn.</param>
    /// <param name="time">When the usage happened.</param>
    public RequestBody(int events, int customers, int seed, DateTimeOffset time)
    {
        _customers = customers;
        _random = new Random(seed);
        _idOffsets = new int[events];
        _customerOffsets = new int[events];
        var text = new StringBuilder("[");
        var stamp = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        for (var index = 0; index < events; index++)
        {
            _ = text.Append(index == 0 ? "" : ",").Append("{\"id\":\"evt-");
            _idOffsets[index] = text.Length;
            _ = text.Append('0', IdDigits).Append("\",\"product\":\"bench\",\"customer\":\"cust-");
            _customerOffsets[index] = text.Length;
            _ = text.Append('0', CustomerDigits).Append("\",\"dimension\":\"api_calls\",\"quantity\":1,\"time\":\"")
                .Append(stamp).Append("\"}");
        }

        Bytes = Encoding.ASCII.GetBytes(text.Append(']').ToString());
    }

    /// <summary>The request's content as it is now.</summary>
    public byte[] Bytes { get; }

    /// <summary>Makes it a request of new events.</summary>
    /// <param name="firstId">The number of the first event; the others follow it.</param>
    public void Renew(long firstId)
    {
        for (var index = 0; index < _idOffsets.Length; index++)
        {
            Write(firstId + index, _idOffsets[index], IdDigits);
            Write(_random.Next(_customers), _customerOffsets[index], CustomerDigits);
        }
    }

    private void Write(long number, int offset, int digits)
    {
        for (var position = offset + digits - 1; position >= offset; position--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            Bytes[position] = (byte)('0' + digit);
        }
    }
}
