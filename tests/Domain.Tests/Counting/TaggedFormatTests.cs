using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

/// <summary>
/// What is stored of tags, byte by byte. A test that fails here says that data of installed systems can't be read any
/// more: don't change the bytes, add a version or a kind.
/// </summary>
public sealed class TaggedFormatTests
{
    private static readonly ProductDefinition Tagged = Product with { AllocationTags = ["team", "env"] };
    private static readonly CountingRules TaggedRules = Rules with { Product = Tagged };

    [Fact]
    public void Count_ProductWithAllocationTags_HasTheBytesItAlwaysHad() => AssertBytes(
        """
        0502040000007465616D03000000656E760060877D79B2DE08C00A076A000000000400000060877D79B2DE0840420F00
        000000007B91479CAE718DF5731403B680785478239E258DBD5C99AD07006576656E742D311A00656E76006C69766500
        7465616D00626C75650075736572007500
        """,
        new CustomerLedger(MeteringPeriod.Hour)
            .Post(TaggedRules, Noon, new TestEvent(1, Noon) { Tags = "env\0live\0team\0blue\0user\0u\0" }).Entry);

    [Fact]
    public void ToSnapshot_TaggedLedger_HasTheBytesItAlwaysHad()
    {
        var snapshot = TaggedLedger().ToSnapshot();
        AssertBytes(
            """
            05100E0000C00A076A0000000000000000000000800200000000000000500A8700000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000B0710B00000000000000000000000000000000
            000000000000000000000000000100000000000000000000000000000000000000000000000000000000000000000200
            000013000000656E76006C697665007465616D00626C75650090D0030000000000000000000000000000000000000000
            000000000000000000090000007465616D007265640020A1070000000000000000000000000000000000000000000000
            00000000000001000000D018076A00000000E0C810000000000000000000000000000200000000000000000000000000
            0080000000000000000000000000000000000000000002C0270900000000000000000000000000FFFFFFFF0100000009
            0000007465616D007265640020A1070000000000000000000000000001000000C00A076A000000000A00000063757374
            6F6D65722D31FFFFFFFFFFFFFFFF0300000073756DCF18076A0000000007000000000002000000000000000000000000
            0000000040420F0000000000000000000000000003000000000000000400000013000000656E76006C69766500746561
            6D00626C75650002000000090000007465616D0072656400010000000200000060AE0A00000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000001000000D018076A0000000060AE0A00000000000000000000000000010000
            000000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000700
            00007B91479CAE718DF5731403B68078547873B004E3A3386B1AC00A076A00000000F6228F385DE31AEBE728066C01F1
            A8F0E01392DB5B1F157CC00A076A0000000071B4D6D40B55A8E05B3D09228269FD68C0631F2DECE6DE08C00A076A0000
            0000EC451E71BAC635D6CF510CD802E251E140D372B62029157CC00A076A0000000067D7650D6938C3CB43660F8E835A
            A659A0BAD633F13B157CD018076A00000000E268ADA917AA50C1B77A124404D3FAD1C07A8E780325157CD018076A0000
            00005DFAF445C61BDEB62B8F15FA844B4F4A663FD8A15526157CD018076A00000000
            """,
            snapshot);
        Assert.Equal(snapshot, CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour).ToSnapshot());
    }

    [Fact]
    public void Apply_TaggedEntryAfterTheTagsChanged_FindsTheTagsThatWereCounted()
    {
        var (ledger, rebuilt) = (new CustomerLedger(MeteringPeriod.Hour), new CustomerLedger(MeteringPeriod.Hour));
        var (_, entry) = ledger.Post(TaggedRules, Noon, new TestEvent(1, Noon) { Tags = "team\0blue\0" });
        LedgerEntries.Apply(rebuilt, entry, Product with { AllocationTags = ["other"] });
        LedgerEntries.Apply(rebuilt, entry, Product);

        Assert.Equal(ledger.ToSnapshot(), rebuilt.ToSnapshot());
        Assert.Null(LedgerEntries.ReadSettled(entry));
    }

    [Theory]
    [InlineData("0506")]
    [InlineData("0501FFFFFFFF")]
    [InlineData("050101000000C3")]
    public void Apply_TaggedEntryOfOtherKeys_IsAFormatException(string entry) => Assert.Throws<FormatException>(() =>
        LedgerEntries.Apply(new(MeteringPeriod.Hour), Convert.FromHexString(entry + new string('0', 64)), Tagged));

    /// <summary>A ledger with tags in a record, in what is carried and in what is open; some were merged.</summary>
    private static CustomerLedger TaggedLedger()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        ledger.Post(
            TaggedRules,
            Noon,
            new TestEvent(1, Noon, 2_250_000) { Tags = "env\0live\0team\0blue\0" },
            new TestEvent(2, Noon, 1_500_000) { Tags = "team\0red\0" },
            new TestEvent(3, Noon, 3_000_000),
            new TestEvent(4, Noon, 1_000_000) { Tags = "team\0r\u00f6d\0" });
        ledger.Seal(HourOf(Noon), Tagged, Buyer, Noon.AddHours(1));
        var later = Noon.AddHours(1);
        ledger.Post(
            TaggedRules,
            later,
            new TestEvent(5, later, 500_000) { Tags = "team\0red\0" },
            new TestEvent(6, later, 600_000) { Tags = "team\0r\u00f6d\0" },
            new TestEvent(7, later, 700_000, Max) { Tags = "team\0red\0" });
        return ledger;
    }

    private static void AssertBytes(string expected, byte[] actual) =>
        Assert.Equal(expected.ReplaceLineEndings(""), Convert.ToHexString(actual));
}
