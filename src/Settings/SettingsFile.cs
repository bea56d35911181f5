using Microsoft.Extensions.Configuration;

namespace Tally.Settings;

/// <summary>The sections of the environment and of a configuration file; the environment counts more.</summary>
public static class SettingsFile
{
    /// <summary>Opens both.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <returns>What they say.</returns>
    public static IConfiguration Open(string? path)
    {
        var builder = new ConfigurationBuilder();
        if (path is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(path));
        }

        return builder.AddEnvironmentVariables().Build();
    }
}
