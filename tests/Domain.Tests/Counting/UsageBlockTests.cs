using CsCheck;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Counting;

public sealed class UsageBlockTests
{
    private static readonly Gen<UInt128> Key =
        Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    private static readonly Gen<EventFacts> Facts = Gen.Select(
        Key,
        Gen.ULong,
        Gen.Int[0, ushort.MaxValue],
        Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks],
        Gen.Long[0, Quantity.EventMicrosMax],
        Key,
        (key, fingerprint, ordinal, ticks, micros, unique) =>
            new EventFacts(key, fingerprint, ordinal, ticks, micros, unique));

    private static readonly Gen<Sample> Event = Gen.Select(
        Gen.Byte[0, 15], Facts, Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300], (flags, facts, id, tags) => new Sample(
            flags,
            (flags & UsageBlock.HasUnique) == 0 ? facts with { UniqueKey = 0, Fraction = PartOf(flags, facts) }
                : facts with { Fraction = PartOf(flags, facts) },
            id,
            (flags & UsageBlock.HasTags) == 0 ? [] : tags));

    [Fact]
    public void Read_WhatWriteWrote_IsTheSameEvents() => Event.Array[0, 8].Sample(
        events =>
        {
            byte[] block = [.. events.SelectMany(BytesOf)];
            var reader = new UsageBlockReader(block);
            foreach (var sample in events)
            {
                Assert.True(reader.Read());
                Assert.Equal(sample.Facts, reader.Facts);
                Assert.Equal(sample.Flags, reader.Flags);
                Assert.Equal(sample.Id, reader.Id);
                Assert.Equal(sample.Tags, reader.Tags);
                Assert.Equal(BytesOf(sample), reader.Raw);
            }

            Assert.False(reader.Read());
        },
        iter: 2_000);

    [Fact]
    public void Read_BlockThatWasCut_IsAFormatException() =>
        Event.SelectMany(sample => Gen.Int[1, BytesOf(sample).Length - 1].Select(length => (sample, length))).Sample(
            cut => Assert.Throws<FormatException>(() => ReadAll(BytesOf(cut.sample).AsSpan(0, cut.length))),
            iter: 2_000);

    [Fact]
    public void Read_AnyBytes_AreABlockOrAFormatException() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 200],
            Corrupt(Event.Array[1, 4].Select(events => events.SelectMany(BytesOf).ToArray()))).Sample(
            bytes =>
            {
                try
                {
                    ReadAll(bytes);
                }
                catch (FormatException)
                {
                    // What it promises for bytes that are no block.
                }
            },
            iter: 10_000);

    [Fact]
    public void Read_FactsOutOfRange_IsAFormatException()
    {
        var facts = new TestEvent(1, TestBooks.Noon).Facts;
        Assert.All<EventFacts>(
            [
                facts with { Micros = -1 },
                facts with { Micros = Quantity.EventMicrosMax + 1 },
                facts with { Ticks = -1 },
                facts with { Ticks = DateTimeOffset.MaxValue.UtcTicks + 1 },
            ],
            wrong => Assert.Throws<FormatException>(() => ReadAll(BytesOf(new(0, wrong, [1], [])))));
        Assert.Throws<FormatException>(() => ReadAll(BytesOf(new(16, facts, [1], []))));
        MicroFraction[] wrongParts = [default, new(0, 3), new(3, 3), new(-1, 3), new(1, -3)];
        Assert.All(wrongParts, wrong => Assert.Throws<FormatException>(() =>
            ReadAll(BytesOf(new(UsageBlock.HasFraction, facts with { Fraction = wrong }, [1], [])))));
    }

    [Fact]
    public void Write_LargestEvent_HasTheLargestSize()
    {
        var longest = new byte[ushort.MaxValue];
        var facts = new TestEvent(1, TestBooks.Noon).Facts;
        var bytes = BytesOf(new(
            UsageBlock.HasTags | UsageBlock.HasUnique | UsageBlock.HasFraction,
            facts with { Fraction = new(1, 2) },
            longest,
            longest));
        Assert.Equal(UsageBlock.EventSizeMax, bytes.Length);
        ReadAll(bytes);
        var tooLong = new byte[ushort.MaxValue + 1];
        Assert.Throws<OverflowException>(() => UsageBlock.Write(new byte[200_000], 0, facts, tooLong, default));
    }

    [Fact]
    public void Write_Event_HasTheBytesItAlwaysHad()
    {
        var facts = new EventFacts(
            Key: new(0x0102030405060708, 0x090A0B0C0D0E0F10),
            Fingerprint: 0x1112131415161718,
            Ordinal: 258,
            Ticks: 0x2122232425262728,
            Micros: 0x3132333435363738,
            UniqueKey: 7);
        var bytes = BytesOf(new(UsageBlock.HasTags | UsageBlock.HasUnique, facts, [.. "id"u8], [.. "k\0v\0"u8]));
        Assert.Equal(
            "06" + "0201" + "2827262524232221" + "3837363534333231" + "100F0E0D0C0B0A090807060504030201"
            + "1817161514131211" + "07000000000000000000000000000000" + "02006964" + "04006B007600",
            Convert.ToHexString(bytes));
        bytes = BytesOf(new(
            UsageBlock.HasFraction,
            facts with { Fraction = new(0x4142434445464748, 0x5152535455565758) },
            [.. "id"u8],
            []));
        Assert.Equal(
            "08" + "0201" + "2827262524232221" + "3837363534333231" + "100F0E0D0C0B0A090807060504030201"
            + "1817161514131211" + "4847464544434241" + "5857565554535251" + "02006964",
            Convert.ToHexString(bytes));
    }

    private static MicroFraction PartOf(byte flags, in EventFacts facts) =>
        (flags & UsageBlock.HasFraction) == 0 ? default : new(1 + (facts.Ticks / 2), 2 + facts.Ticks);

    /// <summary>Bytes of which one is another, or the last are missing.</summary>
    internal static Gen<byte[]> Corrupt(Gen<byte[]> whole) => whole.Where(bytes => bytes.Length > 0).SelectMany(bytes =>
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Bool, (at, value, cut) =>
        {
            byte[] wrong = cut ? [.. bytes.AsSpan(0, at)] : [.. bytes];
            if (!cut)
            {
                wrong[at] = value;
            }

            return wrong;
        }));

    private static byte[] BytesOf(Sample sample)
    {
        var bytes = new byte[UsageBlock.SizeOf(sample.Flags, sample.Id.Length, sample.Tags.Length)];
        Assert.Equal(bytes.Length, UsageBlock.Write(bytes, sample.Flags, sample.Facts, sample.Id, sample.Tags));
        return bytes;
    }

    private static void ReadAll(ReadOnlySpan<byte> bytes)
    {
        var reader = new UsageBlockReader(bytes);
        while (reader.Read())
        {
            Assert.InRange(reader.Facts.Time, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        }
    }

    private sealed record Sample(byte Flags, EventFacts Facts, byte[] Id, byte[] Tags);
}
