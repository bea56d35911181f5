namespace Tally.Bench.Contenders;

/// <summary>Where the programs are that are measured.</summary>
internal static class Programs
{
    /// <summary>Finds one, built as this executable was: as Release when that is Release.</summary>
    /// <param name="name">Its folder below <c>src</c>.</param>
    /// <returns>The path of its assembly.</returns>
    public static string Find(string name)
    {
        var own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var target = Path.GetRelativePath(Path.GetFullPath(Path.Combine(own, "..", "..", "..")), own);
        return Path.GetFullPath(Path.Combine(own, "../../../../../src", name, target, $"Tally.{name}.dll"));
    }
}
