using System.Text;
using Tally.Journal.Partitions;
using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>What is on disk must be read by every later version.</summary>
public sealed class JournalFormatTests
{
    private const string Row = "0102000000633103000000010203010000006402000000ffff";

    [Fact]
    public void Write_TwoEntries_AreThePinnedBytes()
    {
        var row = new RowBuffer();
        Assert.Equal(0, row.Add("c1"u8, [1, 2, 3]));
        Assert.Equal(1, row.Add("d"u8, [255, 255]));

        Assert.Equal(Row, Convert.ToHexStringLower(row.Written));
    }

    [Fact]
    public void Read_PinnedBytes_AreTwoEntries()
    {
        var bytes = Convert.FromHexString(Row);
        var row = new JournalRow(bytes);
        var found = new List<string>();
        while (row.Next())
        {
            found.Add($"{row.Ordinal} {Encoding.UTF8.GetString(row.Key)} {Convert.ToHexString(bytes[row.Payload])}");
        }

        Assert.Equal(["0 c1 010203", "1 d FFFF"], found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("01020000")]
    [InlineData("010200000063")]
    [InlineData("01ffffffff63")]
    [InlineData("01010000006300000080")]
    [InlineData("01010000006305000000ff")]
    public void Read_OtherBytes_AreRefused(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Throws<JournalException>(() =>
        {
            var row = new JournalRow(bytes);
            while (row.Next())
            {
                Assert.NotEqual(0, row.Key.Length);
            }
        });
    }

    [Theory]
    [InlineData("acme|api|c/1", 5)]
    [InlineData("globex|api|a/123456789012|arn", 11)]
    [InlineData("\u20ac", 0)]
    public void Partition_OfAKey_IsPinned(string key, int partition) =>
        Assert.Equal(partition, new CustomerAddress(key, 16, []).Partition);

    [Fact]
    public void Position_TellsItsRow()
    {
        var position = JournalPosition.Of(row: 1L << 42, ordinal: JournalPosition.EntriesPerRowMax - 1);
        Assert.Equal(1L << 42, JournalPosition.RowOf(position));
        Assert.True(JournalPosition.Of((1L << 42) + 1, 0) > position);
    }
}
