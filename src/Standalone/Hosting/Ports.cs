using System.Net;
using System.Net.Sockets;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>The ports of the loopback interface and of the HTTP API.</summary>
internal static class Ports
{
    /// <summary>Finds a free port for the silo, which nobody outside this process connects to.</summary>
    /// <returns>The port; somebody else may take it before it is used, which fails the start cleanly.</returns>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Makes sure that the ports that are asked for can be had, before anything else is started.</summary>
    /// <param name="options">Which ports.</param>
    /// <exception cref="IOException">One can't be had; the message says which and what to do.</exception>
    public static void Check(StandaloneOptions options)
    {
        var address = IPAddress.TryParse(options.Host, out var parsed) ? parsed : IPAddress.Loopback;
        Check(address, options.Port, "--port");
        if (options.UsesEmulator)
        {
            Check(IPAddress.Loopback, options.EmulatorPort, "--emulator-port");
        }
    }

    private static void Check(IPAddress address, int port, string option)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new IOException(
                $"Port {port} can't be had ({exception.Message}); choose another with {option}.", exception);
        }
    }
}
