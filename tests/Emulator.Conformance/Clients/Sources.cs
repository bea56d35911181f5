namespace Tally.Emulator.Conformance.Clients;

/// <summary>Where the sources are.</summary>
internal static class Sources
{
    public static string Repository { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "README.md")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No README.md is above.");
        return folder;
    }
}
