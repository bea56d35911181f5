using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tally.Grains.Moves;

/// <summary>
/// Makes damage show. Each line begins with a check over the rest of it and over the check of the line before: so not
/// only a line that was changed shows, but also one that is missing, doubled or out of place, and where that is.
/// </summary>
internal static class ExportCheck
{
    /// <summary>The check that the first line follows.</summary>
    public const string None = "0000000000000000";

    private const string Opening = "{\"check\":\"";
    private static readonly byte[] OpeningBytes = Encoding.UTF8.GetBytes(Opening);

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line; its check is put in.</param>
    /// <param name="before">The check of the line before.</param>
    /// <param name="output">Gets the line, with its line feed.</param>
    /// <returns>The line's check.</returns>
    public static string Write(ExportLine line, string before, MemoryStream output)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, ExportJsonContext.Default.ExportLine);
        var check = Of(before, bytes);
        Encoding.ASCII.GetBytes(check, bytes.AsSpan(OpeningBytes.Length));
        output.Write(bytes);
        output.WriteByte((byte)'\n');
        return check;
    }

    /// <summary>Finds the check of a line that fits to the line before.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="before">The check of the line before.</param>
    /// <returns>The check; null when it is no such line, or doesn't fit.</returns>
    public static string? Find(ReadOnlySpan<byte> line, string before)
    {
        if (!line.StartsWith(OpeningBytes) || line.Length < OpeningBytes.Length + None.Length)
        {
            return null;
        }

        var check = Of(before, line);
        return line[OpeningBytes.Length..][..None.Length].SequenceEqual(Encoding.ASCII.GetBytes(check)) ? check : null;
    }

    private static string Of(string before, ReadOnlySpan<byte> line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(before));
        hash.AppendData(line[(OpeningBytes.Length + None.Length)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, None.Length / 2));
    }
}
