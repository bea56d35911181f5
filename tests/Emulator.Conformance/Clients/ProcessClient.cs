using System.Diagnostics;
using System.Text.Json;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>A client in another language: one process that reads jobs as lines of JSON and writes outcomes.</summary>
internal abstract class ProcessClient : IClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public abstract string Name { get; }

    public abstract string ShortName { get; }

    public abstract Task<string?> MissingAsync();

    public async Task<ClientModel> DescribeAsync()
    {
        var info = StartInfo();
        info.ArgumentList.Add("describe");
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<ClientModel>(text, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{Name} could not say what it knows: {await errors}");
    }

    public async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<Job> jobs)
    {
        using var process = Process.Start(StartInfo())!;
        using var limit = new CancellationTokenSource(Patience);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var writing = WriteAsync(process, jobs);
        var outcomes = new List<IReadOnlyList<Outcome>>();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            outcomes.Add(JsonSerializer.Deserialize<List<Outcome>>(line, JsonSerializerOptions.Web)!);
        await writing;
        await process.WaitForExitAsync(limit.Token);
        return outcomes.Count == jobs.Count
            ? outcomes
            : throw new InvalidOperationException(
                $"{Name} ended after {outcomes.Count} of {jobs.Count} cases: {await errors}");
    }

    protected abstract ProcessStartInfo StartInfo();

    /// <summary>A file beside this one in the sources.</summary>
    protected static string Script(string name) =>
        Path.Combine(Sources.Repository, "tests", "Emulator.Conformance", "Clients", name);

    protected static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetDirectoryName(Script("x"))!,
            })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }

    protected static ProcessStartInfo Redirected(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static async Task WriteAsync(Process process, IReadOnlyList<Job> jobs)
    {
        try
        {
            foreach (var job in jobs)
                await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(job, JsonSerializerOptions.Web));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            return; // It has ended; what it wrote says why.
        }
    }
}
