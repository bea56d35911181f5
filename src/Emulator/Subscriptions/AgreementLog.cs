using System.Globalization;
using Tally.Emulator.State;

namespace Tally.Emulator.Subscriptions;

/// <summary>Buyers, agreements and notices as they are kept.</summary>
internal sealed class AgreementLog(IEmulatorState state)
{
    private readonly DocumentTable<Buyer> _buyers = new(state, "buyer", StateJson.Default.Buyer);
    private readonly DocumentTable<Agreement> _agreements = new(state, "agreement", StateJson.Default.Agreement);
    private readonly DocumentTable<Notice> _notices = new(state, "notice", StateJson.Default.Notice);

    /// <summary>Another number once everything was replaced.</summary>
    public long Generation => state.Documents.Generation;

    public Buyer? FindBuyer(string accountId) => _buyers.Find(accountId);

    public Agreement? FindAgreement(string id) => _agreements.Find(id);

    public Notice? FindNotice(string id) => _notices.Find(id);

    /// <summary>By account.</summary>
    public IEnumerable<Buyer> ListBuyers() => _buyers.List().Select(held => held.Value);

    /// <summary>Oldest first.</summary>
    public IEnumerable<Agreement> ListAgreements() => _agreements.List()
        .Select(held => held.Value)
        .OrderBy(agreement => agreement.AcceptedAt)
        .ThenBy(agreement => agreement.Id, StringComparer.Ordinal);

    /// <summary>As they came about.</summary>
    public IEnumerable<Notice> ListNotices() => _notices.List().Select(held => held.Value);

    /// <summary>The notices with ids that follow on those there are.</summary>
    public IReadOnlyList<Notice> Number(IReadOnlyList<Notice> notices)
    {
        var last = _notices.List() is [.., var (id, _)] ? long.Parse(id, CultureInfo.InvariantCulture) : 0;
        return [.. notices.Select((notice, index) => notice with { Id = $"{last + index + 1:D12}" })];
    }

    public DocumentChange Put(Buyer buyer) => _buyers.Put(buyer.AccountId, buyer);

    public DocumentChange Put(Agreement agreement) => _agreements.Put(agreement.Id, agreement);

    public DocumentChange Put(Notice notice) => _notices.Put(notice.Id, notice);

    public DocumentChange Remove(Notice notice) => _notices.Remove(notice.Id);
}
