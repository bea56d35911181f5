using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class FlushShardsTests
{
    [Fact]
    public void Of_AnyCustomer_IsOneOfTheShardsAndStays() =>
        Gen.Select(Gen.String[1, 40], Gen.Int[1, FlushShards.CountMax]).Sample((customer, count) =>
        {
            var shard = FlushShards.Of(customer, count);
            Assert.InRange(shard, 0, count - 1);
            Assert.Equal(shard, FlushShards.Of(customer, count));
        });

    [Fact]
    public void Of_KnownCustomers_IsWhatItWasWhenTheyWereStored()
    {
        var shards = ((string[])["cust-1", "cust-2", "Zoë", "123456789012"]).Select(name => FlushShards.Of(name, 64));
        Assert.Equal([0, 47, 27, 25], shards);
    }

    [Fact]
    public void Of_ManyCustomers_IsSpreadEvenly()
    {
        var sizes = new int[16];
        for (var customer = 0; customer < 16_000; customer++)
        {
            sizes[FlushShards.Of($"customer-{customer}", sizes.Length)]++;
        }

        Assert.All(sizes, size => Assert.InRange(size, 850, 1_150));
    }

    [Fact]
    public void Of_OneShardMore_MovesCustomersToTheNewOneOnly() =>
        Gen.Select(Gen.String[1, 40], Gen.Int[1, FlushShards.CountMax - 1]).Sample((customer, count) =>
        {
            var after = FlushShards.Of(customer, count + 1);
            Assert.True(after == count || after == FlushShards.Of(customer, count));
        });

    [Fact]
    public void Key_WrittenAndRead_IsTheSame()
    {
        var key = new FlushShardKey(new("acme", "p/1:x"), 17);
        Assert.Equal("acme|p/1:x|17", key.ToString());
        Assert.Equal(key, FlushShardKey.Parse(key.ToString()));
        Assert.All(
            (string[])["", "acme", "acme|p", "acme|p|", "acme|p|-1", "acme|p|x", "|p|1"],
            text => Assert.Throws<FormatException>(() => FlushShardKey.Parse(text)));
    }
}
