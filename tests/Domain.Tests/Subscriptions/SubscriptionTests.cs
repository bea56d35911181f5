using CsCheck;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Domain.Tests.Counting;

namespace Tally.Domain.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private static readonly DateTimeOffset Noon = TestBooks.Noon;

    private static readonly Gen<SubscriptionNotice> Notices =
        from word in Gen.Enum<SubscriptionWord>()
        from minute in Gen.Int[0, 5]
        select new SubscriptionNotice(word, Noon.AddMinutes(minute));

    [Fact]
    public void Unknown_TakesUsageAndIsNotRefused()
    {
        Assert.True(Subscription.Unknown.TakesUsage);
        Assert.False(Subscription.Unknown.IsRefused);
        Assert.Null(Subscription.Unknown.SendBy(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(SubscriptionWord.Subscribed, true)]
    [InlineData(SubscriptionWord.UnsubscribePending, false)]
    [InlineData(SubscriptionWord.Unsubscribed, false)]
    public void Hear_Notice_DecidesWhetherUsageIsTaken(SubscriptionWord word, bool takesUsage)
    {
        var known = Subscription.Unknown.Hear(new SubscriptionNotice(word, Noon));
        Assert.Equal(takesUsage, known.TakesUsage);
        Assert.Equal(takesUsage ? null : Noon.AddHours(1), known.SendBy(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Hear_OlderNotice_DoesNotReviveWhatHasEnded()
    {
        var ended = Subscription.Unknown.Hear(new SubscriptionNotice(SubscriptionWord.UnsubscribePending, Noon));
        Assert.Same(ended, ended.Hear(new SubscriptionNotice(SubscriptionWord.Subscribed, Noon.AddSeconds(-1))));
        Assert.Same(ended, ended.Hear(new SubscriptionNotice(SubscriptionWord.Subscribed, Noon)));
        Assert.True(ended.Hear(new SubscriptionNotice(SubscriptionWord.Subscribed, Noon.AddSeconds(1))).TakesUsage);
    }

    [Fact]
    public void Hear_NoticesInAnyOrderAndTwice_EndsTheSame() =>
        Notices.Array[1, 6].SelectMany(notices => Gen.Shuffle(notices.Concat(notices).ToArray())
            .Select(shuffled => (notices, shuffled))).Sample(pair =>
        {
            var expected = pair.notices.MaxBy(notice => (notice.At, notice.Word));
            var heard = pair.shuffled.Aggregate(Subscription.Unknown, (known, notice) => known.Hear(notice));
            Assert.Equal(expected, heard.Notice);
        });

    [Fact]
    public void Hear_AnswersOfAws_RefuseUntilSomethingSaysOtherwise()
    {
        var key = TestBooks.KeyOf(TestBooks.Sum, Noon);
        var refused = Subscription.Unknown.Hear(key.To(RecordState.Parked));
        Assert.Equal(Noon, refused.RefusedAt);
        Assert.True(refused.TakesUsage);
        Assert.Equal(refused, refused.Hear(key.To(RecordState.Parked) with { At = Noon.AddHours(1) }));
        Assert.Equal(refused, refused.Hear(key.To(RecordState.Expired)));
        Assert.Equal(refused, refused.Hear(key.To(RecordState.Quarantined)));
        Assert.False(refused.Hear(key.To(RecordState.Delivered)).IsRefused);
        Assert.False(refused.Hear(key.To(RecordState.Waiting)).IsRefused);
        Assert.False(refused.Hear(new SubscriptionNotice(SubscriptionWord.Subscribed, Noon)).IsRefused);
        Assert.True(refused.Hear(new SubscriptionNotice(SubscriptionWord.Unsubscribed, Noon)).IsRefused);
    }
}
