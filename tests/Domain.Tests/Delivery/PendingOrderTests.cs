using CsCheck;
using Tally.Domain.Delivery;

namespace Tally.Domain.Tests.Delivery;

public sealed class PendingOrderTests
{
    [Fact]
    public void Compare_AnyRecords_IsATotalOrder() =>
        Pending.Records.Where(records => records.Length >= 3).Sample(
            records =>
            {
                var (x, y, z) = (records[0], records[1], records[2]);
                var order = PendingOrder.Instance;
                Assert.Equal(Math.Sign(order.Compare(x, y)), -Math.Sign(order.Compare(y, x)));
                Assert.Equal(0, order.Compare(x, x));
                Assert.NotEqual(0, order.Compare(x, y));
                Assert.True(order.Compare(x, y) > 0 || order.Compare(y, z) > 0 || order.Compare(x, z) <= 0);
            },
            iter: 500);

    [Fact]
    public void Compare_NothingAndRecord_PutsNothingFirst()
    {
        Assert.True(PendingOrder.Instance.Compare(null, Pending.Of(1)) < 0);
        Assert.True(PendingOrder.Instance.Compare(Pending.Of(1), null) > 0);
        Assert.Equal(0, PendingOrder.Instance.Compare(null, null));
    }
}
