using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>Whatever is wrong with an export shows before anything is changed, and where.</summary>
public sealed class DamagedExportTests
{
    [Fact]
    public async Task Check_AnyLineDamagedLostDoubledOrMoved_NamesIt()
    {
        await using var source = await Vendor.Start();
        var file = await Exported(source);
        var lines = Moving.Lines(file);
        Assert.True(lines.Count > 20, $"{lines.Count} lines");
        for (var index = 0; index < lines.Count; index++)
        {
            var damaged = lines[index].ToArray();
            damaged[damaged.Length / 2] ^= 1;
            await AssertFault(source, index + 1, [.. lines[..index], damaged, .. lines[(index + 1)..]]);
            await AssertFault(source, index + 2, [.. lines[..(index + 1)], .. lines[index..]]);
            await AssertFault(source, index + 1, [.. lines[..index], lines[index][..^2]]);
            if (index + 1 < lines.Count)
            {
                var (one, other) = (lines[index], lines[index + 1]);
                await AssertFault(source, index + 1, [.. lines[..index], .. lines[(index + 1)..]]);
                await AssertFault(source, index + 1, [.. lines[..index], other, one, .. lines[(index + 2)..]]);
            }

            // What ends with a whole line has no fault, but isn't closed.
            var cut = await source.Check([.. lines[..(index + 1)].SelectMany(line => line)], "other");
            Assert.Equal(index + 1 == lines.Count, cut.Next!.IsClosed);
        }
    }

    [Fact]
    public async Task Check_Refused_ChangesNothing()
    {
        await using var source = await Vendor.Start();
        var file = await Exported(source);
        await using var target = await source.StartTarget();
        file[file.Length / 2] ^= 1;
        Assert.Equal(ImportFaultKind.Invalid, (await target.Import(file)).Fault!.Kind);

        Assert.Equal(TenantStanding.Open, await target.Standing().Get());
        Assert.Null(await target.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant).Get());
        Assert.Empty(target.Storage.Writes);
        Assert.Empty(target.Ledger.Lines);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("{}\n", 1)]
    [InlineData("nothing\n", 1)]
    [InlineData("\n", 1)]
    public async Task Check_NoExport_SaysSo(string text, int line)
    {
        await using var tally = await TallyCluster.Start();
        var reply = await tally.Check(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal((line, null), (reply.Fault?.Line ?? 0, reply.Next));
    }

    [Fact]
    public async Task Check_OtherPeriodOrRules_SaysWhich()
    {
        await using var source = await Vendor.Start();
        var file = await Exported(source);
        await using var period = await source.StartTarget(options => options.Period = TimeSpan.FromMinutes(30));
        await using var rules = await source.StartTarget(options => options.Rules = "aws-2020");

        await AssertMismatch(period, file, "3600", "1800");
        await AssertMismatch(rules, file, "aws-2026", "aws-2020");
    }

    private static async Task AssertMismatch(TallyCluster target, byte[] file, params string[] words)
    {
        var fault = (await target.Import(file)).Fault!;
        Assert.Equal(ImportFaultKind.Mismatch, fault.Kind);
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.Empty(target.Storage.Writes);
    }

    private static async Task AssertFault(TallyCluster tally, int line, List<byte[]> lines)
    {
        var reply = await tally.Check([.. lines.SelectMany(bytes => bytes)], "other");
        Assert.Equal((ImportFaultKind.Invalid, (long)line), (reply.Fault!.Kind, reply.Fault.Line ?? 0));
    }

    private static async Task<byte[]> Exported(TallyCluster source)
    {
        await source.Live();
        await source.Freeze();
        return await source.Export() ?? throw new InvalidOperationException("The tenant is not frozen.");
    }
}
