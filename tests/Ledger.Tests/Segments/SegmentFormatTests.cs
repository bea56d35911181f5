using CsCheck;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Tests.Segments;

/// <summary>The bytes in which lines are stored.</summary>
public sealed class SegmentFormatTests
{
    private static readonly HourKey Hour = new(Lines.Product, Lines.Hour);

    private static readonly Gen<string?> Text = Gen.Select(
        Gen.Int[0, 4], Gen.String[Gen.Char['a', 'z'], 0, 300]).Select(
        (which, text) => which switch { 0 => null, 1 => "", 2 => "a", 3 => "ü\0💡", _ => text });

    private static readonly Gen<UsageRecord> Record = Gen.Select(
        Gen.Int[0, 300], Gen.Int[0, int.MaxValue], Gen.Long[0, 7_200], Text, Text).Select(
        (ordinal, quantity, second, name, other) => new UsageRecord(
            new(ordinal, Lines.Hour), new(name, other, null), other ?? "", Lines.Hour + second, quantity));

    private static readonly Gen<LedgerLine> Line = Gen.Select(
        Text, Record, Gen.Enum<LedgerKind>(), Text.Array[7], Gen.Int[-1_000, 1_000_000_000]).Select(
        (customer, record, kind, texts, micros) => new LedgerLine(
            new(Lines.Product, customer ?? ""),
            record,
            kind,
            texts[0] ?? "",
            DateTimeOffset.FromUnixTimeSeconds(Lines.Hour).AddMicroseconds(micros))
        {
            MeteringRecordId = texts[1],
            Code = texts[2],
            Message = texts[3],
            RequestId = texts[4],
            By = texts[5],
            Reason = texts[6],
        });

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => Line.Array[1, 40].Sample(lines =>
        Assert.Equal(lines, SegmentFormat.Read(Hour, SegmentFormat.Write(lines))));

    [Fact]
    public void Write_LinesOfACall_HaveTheBytesTheyAlwaysHad()
    {
        var first = Lines.Sealed();
        var second = Lines.Sealed("d", ordinal: 1).Then(LedgerKind.Delivered, "delivered:1", "m") with
        {
            Code = "Success",
            RequestId = "r",
            Message = null,
        };

        Assert.Equal(
            "01DF00026302630101000464309E380E0C7365616C65648098A6C9A202E70B026402640101020464"
            + "31061664656C6976657265643A3114026D0E537563636573730272",
            Convert.ToHexString(SegmentFormat.Write([first, second])));
    }

    [Fact]
    public void Write_LinesThatAreAlike_TakeFewBytesEach()
    {
        var lines = Enumerable.Range(0, 100).Select(_ => Lines.Sealed("a customer")).ToArray();

        Assert.InRange(SegmentFormat.Write(lines).Length, 200, 300);
    }

    [Fact]
    public void Read_AnotherVersion_IsRefused() =>
        Assert.Throws<FormatException>(() => SegmentFormat.Read(Hour, [2, 0, 0]));

    [Fact]
    public void Read_BytesThatEndTooEarly_IsRefused()
    {
        var bytes = SegmentFormat.Write([Lines.Sealed()]);

        Assert.All(
            Enumerable.Range(2, bytes.Length - 2),
            length => Assert.Throws<FormatException>(() => SegmentFormat.Read(Hour, bytes.AsSpan(0, length))));
    }
}
