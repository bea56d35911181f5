using System.Runtime.CompilerServices;

namespace Tally.Api.Moves;

/// <summary>
/// Keeps a body in a temporary file, so that all of it can be checked before any of it is used, however large it is.
/// Cuts it at the ends of lines.
/// </summary>
internal sealed class ImportSpool : IAsyncDisposable
{
    /// <summary>How many bytes a line has at most.</summary>
    public const int LineMax = 64 * 1024 * 1024;

    private const int PartBytes = 512 * 1024;

    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 0,
        });

    /// <summary>Reads a body, and keeps it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Its parts, each of whole lines; only the last one may lack a line feed at its end. Empty for a line that is too
    /// long. A part is of use until the next one is asked for.
    /// </returns>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Read(Stream body, CancellationToken cancellationToken) =>
        Cut(body, _file, cancellationToken);

    /// <summary>Reads again what was read.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its parts.</returns>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAgain(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return Cut(_file, Stream.Null, cancellationToken);
    }

    /// <summary>Deletes the file.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Cut(
        Stream source, Stream copy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[PartBytes], 0);
        while (await source.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            await copy.WriteAsync(buffer.AsMemory(length, read), cancellationToken);
            length += read;
            if (length < buffer.Length)
            {
                continue;
            }

            var end = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (end > 0)
            {
                yield return buffer.AsMemory(0, end);
                buffer.AsSpan(end, length - end).CopyTo(buffer);
                length -= end;
            }
            else if (length >= LineMax)
            {
                yield return ReadOnlyMemory<byte>.Empty;
                yield break;
            }
            else
            {
                Array.Resize(ref buffer, length * 2);
            }
        }

        if (length > 0)
        {
            yield return buffer.AsMemory(0, length);
        }
    }
}
