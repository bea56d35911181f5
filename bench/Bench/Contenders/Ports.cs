using System.Net;
using System.Net.Sockets;

namespace Tally.Bench.Contenders;

/// <summary>Ports that nobody listens on.</summary>
internal static class Ports
{
    // Below those that the system gives away: a port found here is not somebody else's when its server starts.
    private const int First = 20_000;
    private const int Behind = 30_000;

    /// <summary>Finds one.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Behind);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Taken; another one then.
            }
        }
    }
}
