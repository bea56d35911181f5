using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

/// <summary>
/// What is stored, byte by byte. A test that fails here says that data of installed systems can't be read any more:
/// don't change the bytes, add a version or a kind.
/// </summary>
public sealed class StorageFormatTests
{
    [Fact]
    public void Count_Entry_HasTheBytesItAlwaysHad()
    {
        var entry = new CustomerLedger(MeteringPeriod.Hour)
            .Post(Rules, Noon.AddMinutes(1), new(1, Noon, 1_500_000), new(2, Noon.AddSeconds(1), 2, Unique, 5)).Entry;
        AssertBytes(
            """
            0100A64AA179B2DE08C00A076A000000000000000060877D79B2DE0860E31600000000007B91479CAE718DF5731403B6
            80785478E061CBD53398DE0807006576656E742D31C00A076A0000000002030080F61F7E79B2DE080200000000000000
            F6228F385DE31AEBE728066C01F1A8F08325C07D79B2CA080500000000000000000000000000000007006576656E742D
            32
            """,
            entry);
    }

    [Fact]
    public void Settle_Entry_HasTheBytesItAlwaysHad()
    {
        var entry = FullLedger().Settle(
            [KeyOf(Max, Noon).To(RecordState.Delivered), KeyOf(Sum, Noon).To(RecordState.Quarantined, "Dup\u00e9")]);
        AssertBytes(
            """
            0202000000C00A076A00000000030700000072656365697074FFFFFFFF0060877D79B2DE0800000000C00A076A000000
            0002FFFFFFFF05000000447570C3A90060877D79B2DE08
            """,
            entry);
    }

    [Fact]
    public void Amend_Entry_HasTheBytesItAlwaysHad()
    {
        var ledger = FullLedger();
        ledger.Settle(KeyOf(Sum, Noon).To(RecordState.Quarantined, "InvalidUsageDimensionException"));
        AssertBytes(
            """
            04030000006F70730E00000072656E616D656420617420415753
            0300000000C00A076A0000000000FFFFFFFF49000000636F72726563746564206279206F70733A2072656E616D656420
            61742041575320286265666F72653A20496E76616C6964557361676544696D656E73696F6E457863657074696F6E2900
            C84BDF81B2DE08FFFFFFFF0C0000003132333435363738393031323100000061726E3A6177733A6C6963656E73652D6D
            616E616765723A3A3132333435363738393031323A6C6963656E73653A6C2D3105000000636F756E74
            """,
            ledger.Amend(Correction, Rules, Noon.AddHours(1)).Entry);
        AssertBytes(
            """
            04030000006F707306000000612067696674
            0202000000C00A076A0000000005FFFFFFFF3A0000007772697474656E206F6666206279206F70733A20612067696674
            20286265666F72653A20437573746F6D65724E6F74537562736372696265642900C84BDF81B2DE08
            """,
            ledger.Amend(WriteOff, Rules, Noon.AddHours(1)).Entry);
    }

    [Fact]
    public void Apply_AmendmentOfBeforeItsAuthorWasKept_IsStillRead()
    {
        var (ledger, rebuilt) = (FullLedger(), FullLedger());
        var entry = ledger.Amend(WriteOff, Rules, Noon.AddHours(1)).Entry;
        var old = entry[(1 + 4 + "ops".Length + 4 + "a gift".Length)..];
        LedgerEntries.Apply(rebuilt, old, Product);

        Assert.Equal(ledger.Records(), rebuilt.Records());
        Assert.Null(LedgerEntries.ReadSettled(old)!.By);
        Assert.Equal("ops", LedgerEntries.ReadSettled(entry)!.By);
    }

    [Fact]
    public void ToSnapshot_EmptyLedger_HasTheBytesItAlwaysHad() =>
        AssertBytes(
            """
            05100E00000000000000000080000000000000008000000000000000000000000000000000
            """,
            new CustomerLedger(MeteringPeriod.Hour).ToSnapshot());

    [Fact]
    public void ToSnapshot_AmendedLedger_HasTheBytesItAlwaysHad()
    {
        var ledger = AmendedLedger();
        var snapshot = ledger.ToSnapshot();
        AssertBytes(
            """
            05100E0000C00A076A000000000000000000000080040000000000000010552200000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000090D00300000000000000000000000000000000
            00000000000000000000000000000000000001000000C00A076A00000000FFFFFFFF0C00000031323334353637383930
            31323100000061726E3A6177733A6C6963656E73652D6D616E616765723A3A3132333435363738393031323A6C696365
            6E73653A6C2D3105000000636F756E74CF18076A0000000002000000000100000000C00A076A0000000000FFFFFFFF49
            000000636F72726563746564206279206F70733A2072656E616D65642061742041575320286265666F72653A20496E76
            616C6964557361676544696D656E73696F6E457863657074696F6E2900C84BDF81B2DE08000000000002000000010000
            000000000000000000000000003F420F0000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000040420F0000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000000000000000000000001000000C00A076A000000000A00
            0000637573746F6D65722D31FFFFFFFFFFFFFFFF030000006D6178CF18076A0000000001000000050102000000C00A07
            6A0000000005FFFFFFFF3A0000007772697474656E206F6666206279206F70733A2061206769667420286265666F7265
            3A20437573746F6D65724E6F74537562736372696265642900C84BDF81B2DE0800000000000400000003000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000001000000D018076A0000000003000000000000000000
            000000000000010000000000000000C84BDF81B2DE0871B4D6D40B55A8E05B3D09228269FD6800000000000000000003
            00000080841E000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            00000000000000000000000000000000000000000000000000000000000000000000000001000000D018076A00000000
            80841E000000000000000000000000000200000000000000000000000000008000000000000000000000000000000000
            020000000900000000000000000000000000000008000000000000000000000000000000000000000000000000000000
            00050000007B91479CAE718DF5731403B680785478D062F581168DDE08C00A076A00000000F6228F385DE31AEBE72806
            6C01F1A8F0A3EA707C79B2DE08C00A076A0000000071B4D6D40B55A8E05B3D09228269FD6863D383DA81B2DE08D01807
            6A00000000EC451E71BAC635D6CF510CD802E251E13D17DAD881B2FA08D018076A0000000067D7650D6938C3CB43660F
            8E835AA6595A2D21D681B2FE08D018076A00000000
            """,
            snapshot);
        Assert.Equal(snapshot, CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour).ToSnapshot());
    }

    private static RecordAmendment Correction { get; } = new(
        KeyOf(Sum, Noon),
        RecordAct.Correct,
        "ops",
        "renamed at AWS",
        new("count", new(null, "123456789012", "arn:aws:license-manager::123456789012:license:l-1")));

    private static RecordAmendment WriteOff { get; } =
        new(KeyOf(Max, Noon), RecordAct.WriteOff, "ops", "a gift", null);

    private static void AssertBytes(string expected, byte[] actual) =>
        Assert.Equal(expected.ReplaceLineEndings(""), Convert.ToHexString(actual));

    /// <summary>A ledger that has one of everything.</summary>
    internal static CustomerLedger FullLedger()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        ledger.Post(Noon, new(1, Noon, 2_250_000), new(2, Noon, 1, Max));
        ledger.Seal(Noon);
        ledger.Settle(KeyOf(Max, Noon).To(RecordState.Parked, "CustomerNotSubscribed"));
        var later = Noon.AddHours(1);
        ledger.Post(later, new(3, later, 3, Last), new(4, later, 4, Unique, 9), new(5, later, 5, Unique, 8));
        return ledger;
    }

    /// <summary>The same, with what a person did about two records.</summary>
    internal static CustomerLedger AmendedLedger()
    {
        var ledger = FullLedger();
        ledger.Settle(KeyOf(Sum, Noon).To(RecordState.Quarantined, "InvalidUsageDimensionException"));
        ledger.Amend(Correction, Rules, Noon.AddHours(1));
        ledger.Amend(WriteOff, Rules, Noon.AddHours(1));
        return ledger;
    }
}
