namespace Tally.Tidy;

/// <summary>All the text files that the rules read: the repository itself, or a handful of snippets.</summary>
internal sealed class Codebase(IReadOnlyList<SourceFile> files)
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".sh", ".sql", ".yml", ".yaml", ".xml",
         ".razor", ".proto", ".bicep", ".tf", ".html", ".css", ".js", ".txt", ".toml", ".py", ".editorconfig",
         ".gitignore", ".dockerignore"];

    private static readonly string[] Unread =
        ["bin", "obj", "artifacts", "TestResults", "node_modules", ".git", ".vs", ".vscode", ".idea",
         "tally-data", "__pycache__"];

    public IReadOnlyList<SourceFile> Files { get; } = files;

    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    public IEnumerable<SourceFile> Product => CSharp.Where(file => file.IsProduct);

    public IEnumerable<SourceFile> Tests => CSharp.Where(file => file.IsTest);

    public IEnumerable<ProjectFile> Projects => Files.Where(file => file.IsProject).Select(ProjectFile.Read);

    /// <summary>The repository that this assembly was built in.</summary>
    public static Codebase OfRepository(string root) => new([.. Read(root, new DirectoryInfo(root))]);

    /// <summary>The nearest folder above this assembly that holds the solution.</summary>
    public static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException(
            $"No Platform.sln above {AppContext.BaseDirectory}: Tidy reads the repository that it was built in.");
    }

    private static IEnumerable<SourceFile> Read(string root, DirectoryInfo folder)
    {
        var files = folder.EnumerateFiles().Where(IsText).OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var file in files)
        {
            var path = Path.GetRelativePath(root, file.FullName).Replace('\\', '/');
            yield return new SourceFile(path, File.ReadAllText(file.FullName).ReplaceLineEndings("\n"));
        }

        var folders = folder.EnumerateDirectories().Where(inner => !Unread.Contains(inner.Name, StringComparer.Ordinal))
            .OrderBy(inner => inner.Name, StringComparer.Ordinal);
        foreach (var file in folders.SelectMany(inner => Read(root, inner)))
            yield return file;
    }

    private static bool IsText(FileInfo file) =>
        TextEndings.Contains(file.Extension, StringComparer.Ordinal)
        || string.Equals(file.Name, "Dockerfile", StringComparison.Ordinal)
        || string.Equals(file.Directory?.Name, ".ci", StringComparison.Ordinal);
}
