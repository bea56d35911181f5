using System.Diagnostics;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>A disk in memory that fills up and can be made read-only. Only root can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-disk-");
    private readonly bool _isMounted;

    public SmallDisk()
    {
        _isMounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Folder);
        Assert.SkipUnless(_isMounted, "A disk of its own can be mounted by root only.");
    }

    private string Folder => _folder.FullName;

    public string File(string name) => Path.Combine(Folder, name);

    public void MakeReadOnly(bool isReadOnly) =>
        Assert.True(Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Folder));

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", Folder);
        }

        _folder.Delete(recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
