using CsCheck;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Encoding;

public sealed class PayloadTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame() =>
        Gen.Select(Gen.Byte, Gen.Int, Gen.Long, Gen.ULong, Gen.String.Null(), Gen.Byte.Array, Gen.Int[1, 64]).Sample(
            (small, number, large, unsigned, text, raw, capacity) =>
            {
                var wide = new UInt128(unsigned, unsigned / 3);
                var writer = new PayloadWriter(capacity);
                writer.Byte(small);
                writer.Int32(number);
                writer.Int64(large);
                writer.UInt64(unsigned);
                writer.UInt128(wide);
                writer.Quantity(new(large));
                writer.Text(text);
                writer.Raw(raw);

                var reader = new PayloadReader(writer.Written.Span);
                Assert.Equal(writer.Length, reader.Left);
                Assert.Equal(small, reader.Byte());
                Assert.Equal(number, reader.Int32());
                Assert.Equal(large, reader.Int64());
                Assert.Equal(unsigned, reader.UInt64());
                Assert.Equal(wide, reader.UInt128());
                Assert.Equal(new Quantity(large), reader.Quantity());
                Assert.Equal(text, reader.Text());
                Assert.Equal(raw, reader.Raw(raw.Length));
                Assert.True(reader.IsAtEnd);
            },
            iter: 1_000);

    [Fact]
    public void Clear_UsedWriter_StartsAgain()
    {
        var writer = new PayloadWriter(1);
        writer.Text("something long");
        writer.Clear();
        writer.Byte(7);
        Assert.Equal([7], writer.Written.ToArray());
    }

    [Fact]
    public void Moment_AnyTicks_IsOneOrAFormatException()
    {
        Assert.Equal(DateTimeOffset.MinValue, Moment(0));
        Assert.Equal(DateTimeOffset.MaxValue, Moment(DateTimeOffset.MaxValue.UtcTicks));
        Assert.Throws<FormatException>(() => Moment(-1));
        Assert.Throws<FormatException>(() => Moment(DateTimeOffset.MaxValue.UtcTicks + 1));
    }

    [Fact]
    public void Hour_AnySeconds_IsAnHourOfThePeriodOrAFormatException()
    {
        var start = Times.At("2026-05-15T12:00:00Z").ToUnixTimeSeconds();
        Assert.Equal(MeteringPeriod.Hour.Starting(start), Hour(start));
        Assert.Equal(0, Hour(0).StartSeconds);
        Assert.All(
            [start + 1, -3_600, long.MaxValue, long.MinValue],
            wrong => Assert.Throws<FormatException>(() => Hour(wrong)));
    }

    [Fact]
    public void Count_MoreThanThereAreBytes_IsAFormatException()
    {
        Assert.Equal(1, new PayloadReader([1, 0, 0, 0, 9]).Count());
        Assert.Throws<FormatException>(() => new PayloadReader([2, 0, 0, 0, 9]).Count());
        Assert.Throws<FormatException>(() => new PayloadReader([255, 255, 255, 255]).Count());
    }

    [Fact]
    public void Read_BytesThatEndTooEarly_IsAFormatException()
    {
        Assert.Throws<FormatException>(() => new PayloadReader([]).Byte());
        Assert.Throws<FormatException>(() => new PayloadReader([1, 2, 3]).Int32());
        Assert.Throws<FormatException>(() => new PayloadReader([9, 0, 0, 0, 65]).Text());
        Assert.Throws<FormatException>(() => new PayloadReader([1]).Raw(-1));
    }

    private static DateTimeOffset Moment(long ticks) => new PayloadReader(BitConverter.GetBytes(ticks)).Moment();

    private static MeteringHour Hour(long seconds) =>
        new PayloadReader(BitConverter.GetBytes(seconds)).Hour(MeteringPeriod.Hour);
}
