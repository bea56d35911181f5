namespace Tally.Tidy;

/// <summary>A few small files to try a rule on.</summary>
internal sealed class Example
{
    private readonly List<SourceFile> _files = [];

    public Example(string path, string text) => And(path, text);

    public Codebase Code => new(_files);

    /// <summary>A snippet in the product.</summary>
    public static Example Product(string text) => new("src/Grains/Snippet.cs", text);

    /// <summary>A snippet in the tests.</summary>
    public static Example Test(string text) => new("tests/Grains.Tests/Snippet.cs", text);

    /// <summary>The same example with one file more.</summary>
    public Example And(string path, string text)
    {
        _files.Add(new SourceFile(path, text));
        return this;
    }
}
