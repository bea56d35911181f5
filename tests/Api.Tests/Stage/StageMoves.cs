using System.Text;
using Tally.Contracts.Moves;

namespace Tally.Api.Tests.Stage;

/// <summary>An export of three parts, without the last one when the tenant was frozen for a short time.</summary>
public sealed class StageExport : Grain, ITenantExportGrain
{
    public async Task<ExportPart?> Read(ExportCursor? at)
    {
        var tenant = this.GetPrimaryKeyString();
        var standing = await GrainFactory.GetGrain<ITenantStandingGrain>(tenant).Get();
        var part = at?.Product ?? 0;
        if (standing.Phase != TenantPhase.Frozen || (part == 2 && standing.Reason == "short"))
        {
            return null;
        }

        var next = new ExportCursor("export-1", ExportStage.Customers, "", ExportCounts.None) { Product = part + 1 };
        return new(Encoding.UTF8.GetBytes($"part {part}\n"), part == 2 ? null : next);
    }
}

/// <summary>Takes in lines; the words in them say what becomes of them.</summary>
public sealed class StageImport(StageFaults faults) : Grain, ITenantImportGrain
{
    public Task<ImportReply> Check(ImportCursor? at, ReadOnlyMemory<byte> lines) => Task.FromResult(Read(at, lines));

    public Task<ImportStart> Begin(string export) => Task.FromResult(
        this.GetPrimaryKeyString().EndsWith("there", StringComparison.Ordinal)
            ? new ImportStart(null, new(ImportFaultKind.TenantExists, null, "It is there."))
            : new ImportStart("session", null));

    public Task<ImportReply> Apply(string session, ImportCursor? at, ReadOnlyMemory<byte> lines)
    {
        faults.Of(this.GetPrimaryKeyString()).Imported.Append(Encoding.UTF8.GetString(lines.Span));
        return Task.FromResult(Read(at, lines) with { KeysLeftOut = at is null ? ["k1"] : [] });
    }

    private static ImportReply Read(ImportCursor? at, ReadOnlyMemory<byte> lines)
    {
        at ??= new("export-1", "acme", 0, "", ExportCounts.None);
        foreach (var line in Encoding.UTF8.GetString(lines.Span).Split('\n')[..^1])
        {
            at = at with { Lines = at.Lines + 1, IsClosed = line == "end" };
            if (line is "bad" or "other")
            {
                var kind = line == "bad" ? ImportFaultKind.Invalid : ImportFaultKind.Mismatch;
                return new(null, new(kind, at.Lines, $"Line {at.Lines} is {line}."));
            }
        }

        return new(at, null);
    }
}
