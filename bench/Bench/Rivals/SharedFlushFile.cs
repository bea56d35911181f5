using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Tally.Bench.Rivals;

/// <summary>
/// A file that many append to and one writes: what waits is written together, flushed to the disk once, and answered.
/// </summary>
internal sealed class SharedFlushFile : IAsyncDisposable
{
    private readonly Channel<Append> _waiting = Channel.CreateUnbounded<Append>(new() { SingleReader = true });
    private readonly SafeFileHandle _file;
    private readonly Task _writing;

    public SharedFlushFile(string path)
    {
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous);
        _writing = Task.Run(Write);
    }

    /// <summary>Returns when the bytes are on the disk.</summary>
    public Task Store(ReadOnlyMemory<byte> bytes)
    {
        var append = new Append(bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(append) ? append.Done.Task : throw new InvalidOperationException("Closed.");
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _writing;
        _file.Dispose();
    }

    private async Task Write()
    {
        var (length, group) = (0L, new List<Append>());
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (_waiting.Reader.TryRead(out var append))
            {
                group.Add(append);
            }

            await RandomAccess.WriteAsync(_file, [.. group.Select(append => append.Bytes)], length);
            RandomAccess.FlushToDisk(_file);
            length += group.Sum(append => (long)append.Bytes.Length);
            group.ForEach(append => append.Done.SetResult());
        }
    }

    private sealed record Append(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Done);
}
