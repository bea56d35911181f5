using System.Net;
using System.Net.Sockets;

namespace Tally.Standalone.Hosting;

/// <summary>Finds a port for the silo, which nobody outside this process connects to.</summary>
internal static class FreePort
{
    /// <summary>Finds a free port of the loopback interface.</summary>
    /// <returns>The port; somebody else may take it before it is used, which fails the start cleanly.</returns>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
