using Tally.Emulator.Catalogue;
using Tally.Emulator.State;

namespace Tally.Emulator.Subscriptions;

/// <summary>One step in the life of an agreement: how it is afterwards, and what is told of it.</summary>
internal sealed class AgreementStep(Agreement agreement, Product product, DateTimeOffset now)
{
    private readonly List<DocumentChange> _changes = [];
    private readonly List<Notice> _notices = [];

    public Agreement Agreement => agreement;

    public Product Product => product;

    public DateTimeOffset Now => now;

    public IReadOnlyList<DocumentChange> Changes => _changes;

    /// <summary>The notices in their order; they get their ids when they are saved.</summary>
    public IReadOnlyList<Notice> Notices => _notices;

    public void Save(DocumentChange change) => _changes.Add(change);

    /// <summary>On the subscription topic. Topics can't tell licences apart, so newer products have none.</summary>
    public void TellSubscription(string action)
    {
        if (product.HasConcurrentAgreements) return;
        Tell(NoticeText.SubscriptionTopic(product.Code), _ => NoticeText.Subscription(agreement, action));
    }

    public void TellEntitlement()
    {
        if (product.HasConcurrentAgreements) return;
        Tell(NoticeText.EntitlementTopic(product.Code), _ => NoticeText.Entitlement(agreement));
    }

    /// <summary>A seller without a reseller is told twice, as proposer and as manufacturer.</summary>
    public void TellAgreement(string what, string intent) =>
        TellBothRoles(what, moment => moment with { Intent = intent });

    public void TellEnd(string status) => TellBothRoles("Ended", moment => moment with { Status = status });

    public void TellLicense(string what) =>
        Tell(null, moment => NoticeText.LicenseEvent(agreement, product, what, moment));

    private void TellBothRoles(string what, Func<NoticeMoment, NoticeMoment> at)
    {
        foreach (var role in (string[])["Proposer", "Manufacturer"])
            Tell(null, moment => NoticeText.AgreementEvent(agreement, what, role, at(moment)));
    }

    private void Tell(string? topicArn, Func<NoticeMoment, string> text)
    {
        var moment = new NoticeMoment(Guid.CreateVersion7(), now);
        _notices.Add(new Notice
        {
            Id = string.Empty,
            TopicArn = topicArn,
            Message = text(moment),
            SellerAccountId = agreement.SellerAccountId,
            Time = now,
        });
    }
}
