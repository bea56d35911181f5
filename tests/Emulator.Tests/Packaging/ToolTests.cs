using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Processes;

namespace Tally.Emulator.Tests.Packaging;

/// <summary>The packages, made of what is built already, and without any other source of packages.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Fact]
    public async Task Tool_PackedAndInstalled_AnswersAsTheProgramDoes()
    {
        await PackAsync("Emulator");
        var tools = Path.Combine(_folder, "tools");
        await DotnetAsync("tool", "install", "Tally.MarketplaceEmulator", "--tool-path", tools, "--source", _folder);
        var program = new ProcessStartInfo(Path.Combine(tools, "marketplace-emulator"), ["--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROOT"] = DotnetFolder },
        };
        await using var emulator = await EmulatorProcess.StartAsync(1, program);
        using var caller = new MeteringCaller(emulator.Endpoint);
        Assert.Equal((200, "ok"), await HealthAsync(caller));
    }

    [Fact]
    public async Task Library_Packed_HoldsTheEmulatorAndDependsOnNoTool()
    {
        await PackAsync("Emulator.Xunit");
        var package = Assert.Single(Directory.GetFiles(_folder, "Tally.MarketplaceEmulator.Testing.*.nupkg"));
        await using var archive = await ZipFile.OpenReadAsync(package);
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("lib/net10.0/Tally.Emulator.dll", names);
        Assert.Contains("lib/net10.0/Tally.Emulator.Xunit.dll", names);
        await using var manifest = await archive.Entries.Single(IsManifest).OpenAsync();
        var text = await new StreamReader(manifest).ReadToEndAsync();
        Assert.Contains("id=\"Microsoft.Data.Sqlite\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dependency id=\"Tally", text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string DotnetFolder =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Configuration => AppContext.BaseDirectory.Contains(
        $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        ? "Release"
        : "Debug";

    private static bool IsManifest(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal);

    private static async Task<(int Status, string Body)> HealthAsync(MeteringCaller caller)
    {
        var reply = await caller.SendAsync(HttpMethod.Get, "/_emulator/health");
        return (reply.Status, reply.Body);
    }

    private Task PackAsync(string project) => DotnetAsync(
        "pack",
        Path.Combine(RepositoryFolder(), "src", project),
        "--no-build",
        "--no-restore",
        "-c",
        Configuration,
        "-o",
        _folder);

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not around the tests.");
        return folder.FullName;
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(DotnetFolder, "dotnet"), arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{await errors}");
    }
}
