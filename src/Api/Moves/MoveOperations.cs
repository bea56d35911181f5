using Microsoft.AspNetCore.Http.Features;
using Tally.Api.Dispatch;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Moves;

/// <summary>Hands out tenants, and takes them in.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="patience">Asks again when a silo goes away.</param>
internal sealed class MoveOperations(IGrainFactory grains, CallPatience patience)
{
    /// <summary>Hands out a frozen tenant as a file.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Export(ApiCall call)
    {
        var name = call["tenant"];
        if (!Names.IsTenant(name) || await grains.GetGrain<ITenantGrain>(name).Get() is null)
        {
            return new(ProblemCode.UnknownTenant);
        }

        // If it fails later, the connection is cut, and the file lacks its closing line.
        var export = grains.GetGrain<ITenantExportGrain>(name);
        var part = await patience.Ask(() => export.Read(null));
        if (part is null)
        {
            return new(ProblemCode.TenantStanding, "Only a tenant that is frozen can be exported.");
        }

        var response = call.Http.Response;
        response.ContentType = "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.jsonl\"";
        while (part is not null)
        {
            await response.Body.WriteAsync(part.Lines, call.Stop);
            if (part.Next is not { } next)
            {
                return null;
            }

            part = await patience.Ask(() => export.Read(next));
        }

        return new(ProblemCode.TenantStanding, "The tenant was thawed while it was exported.");
    }

    /// <summary>Takes in a tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Import(ApiCall call)
    {
        var (name, encoding) = (call["tenant"], call.Http.Request.Headers.ContentEncoding.ToString());
        if (!Names.IsTenant(name))
        {
            return new(
                ProblemCode.InvalidParameter, "A tenant's name has 1 to 63 lower-case letters, digits and hyphens.");
        }

        if (encoding is not ("" or "identity"))
        {
            return new(ProblemCode.UnsupportedEncoding, "Send the export as it is.");
        }

        // The server's own limit is meant for what has to fit into memory.
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        await using var spool = new ImportSpool();
        var import = grains.GetGrain<ITenantImportGrain>(name);
        var body = spool.Read(call.Http.Request.Body, call.Stop);
        var (closed, _, fault) = await Send(body, (at, lines) => patience.Ask(() => import.Check(at, lines)));
        if (fault is not null)
        {
            return ProblemOf(fault);
        }

        if (closed is not { IsClosed: true })
        {
            return ProblemOf(Cut(closed));
        }

        var start = await import.Begin(closed.Export);
        IReadOnlyList<string> leftOut = [];
        if (start.Session is { } session)
        {
            (_, leftOut, fault) = await Send(
                spool.ReadAgain(call.Stop), (at, lines) => import.Apply(session, at, lines));
        }

        if ((start.Fault ?? fault) is { } refused)
        {
            return ProblemOf(refused);
        }

        await call.Answer(ImportAnswer.Of(name, closed, leftOut), ApiJsonContext.Default.ImportAnswer);
        return null;
    }

    private static async Task<(ImportCursor? At, IReadOnlyList<string> KeysLeftOut, ImportFault? Fault)> Send(
        IAsyncEnumerable<ReadOnlyMemory<byte>> parts,
        Func<ImportCursor?, ReadOnlyMemory<byte>, Task<ImportReply>> send)
    {
        ImportCursor? at = null;
        IReadOnlyList<string> leftOut = [];
        await foreach (var part in parts)
        {
            if (part.IsEmpty)
            {
                var number = (at?.Lines ?? 0) + 1;
                return (null, [], new(
                    ImportFaultKind.Invalid, number, $"Line {number} has more than {ImportSpool.LineMax} bytes."));
            }

            // The actor may be in this process, and the part's room is used again.
            var reply = await send(at, part.ToArray());
            if (reply.Fault is { } fault)
            {
                return (null, [], fault);
            }

            (at, leftOut) = (reply.Next, [.. leftOut, .. reply.KeysLeftOut]);
        }

        return (at, leftOut, null);
    }

    private static ImportFault Cut(ImportCursor? at) => at is null
        ? new(ImportFaultKind.Invalid, 1, "The body is empty.")
        : new(
            ImportFaultKind.Invalid,
            at.Lines,
            $"The export was cut off: after line {at.Lines} more should come, and the closing line.");

    private static Problem ProblemOf(ImportFault fault) => new(
        fault.Kind switch
        {
            ImportFaultKind.Invalid => ProblemCode.InvalidExport,
            ImportFaultKind.Mismatch => ProblemCode.ExportMismatch,
            ImportFaultKind.TenantExists => ProblemCode.TenantExists,
            _ => ProblemCode.TenantStanding,
        },
        fault.Message)
    {
        Line = fault.Line,
    };
}
