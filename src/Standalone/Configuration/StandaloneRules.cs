using System.Net;
using Tally.Domain.Tenancy;

namespace Tally.Standalone.Configuration;

/// <summary>What options must be, each by itself and together.</summary>
public static class StandaloneRules
{
    /// <summary>Checks options.</summary>
    /// <param name="options">The options.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public static IEnumerable<string> Check(StandaloneOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Data))
        {
            yield return "data is empty; it must be a folder.";
        }

        if (options.Host != "localhost" && !IPAddress.TryParse(options.Host, out _))
        {
            yield return $"host is '{options.Host}'; it must be localhost or an IP address.";
        }

        if (options.Port == options.EmulatorPort && options.UsesEmulator)
        {
            yield return $"port and emulator-port are both {options.Port}; they must differ.";
        }

        foreach (var error in options.Metering.Check())
        {
            yield return error;
        }

        if (options.AdminKey?.Length is < ApiKeySecret.LengthMin or > ApiKeySecret.LengthMax)
        {
            yield return "TALLY_ADMIN_KEY must have 16 to 255 characters.";
        }

        foreach (var error in options.Agent ? AgentOptions.Check(options) : [])
        {
            yield return error;
        }

        if (!options.Serve && options.UsesAws)
        {
            yield return "sample traffic is never sent to AWS: use --serve with --no-emulator.";
        }
    }
}
