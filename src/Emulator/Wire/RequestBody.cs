using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>
/// Reads a request's body. One that is too large is read and thrown away up to a bound, since many a client sends all
/// of it before it looks at the answer; beyond the bound the connection ends with the answer.
/// </summary>
internal static class RequestBody
{
    /// <summary>How much of a body is read at most, in bytes.</summary>
    public const long DrainedBytesMax = 64L * 1024 * 1024;

    /// <summary>Keeps the web server from refusing in its own words what the service refuses in AWS's.</summary>
    public static void LiftLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
    }

    /// <summary>The whole body, or null when it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (http.Request.ContentLength is null or < Constraints.RequestBytesMax)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length >= Constraints.RequestBytesMax)
            {
                reader.AdvanceTo(read.Buffer.Start);
                break;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        await DrainAsync(http);
        return null;
    }

    private static async Task DrainAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        for (var drained = 0L; http.Request.ContentLength is null or <= DrainedBytesMax;)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            drained += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
            if (drained > DrainedBytesMax) break;
        }

        http.Response.Headers.Connection = "close";
    }
}
