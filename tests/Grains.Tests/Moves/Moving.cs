using System.Text;
using Tally.Contracts.Moves;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>Moves the tests' tenant as the front door does.</summary>
internal static class Moving
{
    public static ITenantImportGrain Importer(this TallyCluster tally, string tenant = TallyCluster.Tenant) =>
        tally.Grains.GetGrain<ITenantImportGrain>(tenant);

    public static ITenantStandingGrain StandingOf(this TallyCluster tally, string tenant) =>
        tally.Grains.GetGrain<ITenantStandingGrain>(tenant);

    /// <summary>Reads an export; null when it ends without its end.</summary>
    public static async Task<byte[]?> Export(this TallyCluster tally, Func<Task>? between = null)
    {
        var export = tally.Grains.GetGrain<ITenantExportGrain>(TallyCluster.Tenant);
        using var file = new MemoryStream();
        var part = await export.Read(null);
        while (part is not null)
        {
            file.Write(part.Lines.Span);
            if (part.Next is null)
            {
                return file.ToArray();
            }

            await (between?.Invoke() ?? Task.CompletedTask);
            part = await export.Read(part.Next);
        }

        return null;
    }

    /// <summary>The lines of a file, each with its line feed.</summary>
    public static List<byte[]> Lines(byte[] file) =>
    [
        .. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Encoding.UTF8.GetBytes(line + "\n")),
    ];

    public static async Task<ImportReply> Check(this TallyCluster tally, byte[] file, string tenant = "acme") =>
        await tally.Importer(tenant).Check(null, file);

    /// <summary>Begins, and lets the time pass that it takes.</summary>
    public static async Task<ImportStart> Begin(
        this TallyCluster tally, string export, string tenant = TallyCluster.Tenant)
    {
        var begun = tally.Importer(tenant).Begin(export);
        await Retry.Until(() =>
        {
            tally.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(begun.IsCompleted);
            return Task.CompletedTask;
        });
        return await begun;
    }

    /// <summary>Checks, begins, and takes in some lines of a file, one by one, or all of them.</summary>
    public static async Task<ImportReply> Import(
        this TallyCluster tally, byte[] file, string tenant = TallyCluster.Tenant, int linesMax = int.MaxValue)
    {
        var reply = await tally.Check(file, tenant);
        if (reply.Fault is not null)
        {
            return reply;
        }

        var start = await tally.Begin(reply.Next!.Export, tenant);
        if (start.Session is not { } session)
        {
            return reply with { Fault = start.Fault };
        }

        reply = new(null, null);
        List<string> leftOut = [];
        foreach (var line in Lines(file).Take(linesMax))
        {
            reply = await tally.Importer(tenant).Apply(session, reply.Next, line);
            leftOut.AddRange(reply.KeysLeftOut);
            if (reply.Fault is not null)
            {
                return reply;
            }
        }

        return reply with { KeysLeftOut = leftOut };
    }
}
