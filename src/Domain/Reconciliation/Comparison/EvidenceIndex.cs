using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Arranges evidence by what is compared as one, which depends on how much the evidence tells.</summary>
internal sealed class EvidenceIndex
{
    private const int SecondsPerHour = 3_600;
    private const int SecondsPerDay = 86_400;

    private static readonly CustomerIdentity Nobody = new(null, null, null);

    private readonly ReconciliationTerms _terms;
    private readonly HashSet<string> _wholeAccounts;
    private readonly Dictionary<long, List<EvidenceRecord>> _byWindow = [];

    /// <summary>Arranges evidence.</summary>
    /// <param name="records">The evidence.</param>
    /// <param name="terms">What is compared.</param>
    public EvidenceIndex(IReadOnlyList<EvidenceRecord> records, ReconciliationTerms terms)
    {
        _terms = terms;
        var own = records.Where(record => record.Product is null || record.Product == terms.Product).ToList();
        OtherProducts = records.Count - own.Count;
        IsDaily = terms.IsDaily || own.Exists(record => record.IsDaily);
        IgnoresCustomers = terms.IgnoresCustomers || own.Exists(record => record.Identity == Nobody);
        _wholeAccounts =
        [
            .. own.Where(record => record.Identity is { CustomerIdentifier: null, LicenseArn: null })
                .Select(record => record.Identity.AwsAccountId).OfType<string>(),
        ];
        foreach (var record in own)
        {
            Add(record);
        }
    }

    /// <summary>Whether days are compared.</summary>
    public bool IsDaily { get; }

    /// <summary>Whether customers aren't told apart.</summary>
    public bool IgnoresCustomers { get; }

    /// <summary>How many records are other products'.</summary>
    public long OtherProducts { get; }

    /// <summary>How many records are from before or after the hours compared.</summary>
    public long Outside { get; private set; }

    /// <summary>How much is compared at once, in seconds.</summary>
    public int WindowSeconds => IsDaily ? SecondsPerDay : SecondsPerHour;

    /// <summary>The evidence of a window.</summary>
    /// <param name="startSeconds">Its start.</param>
    /// <returns>The records.</returns>
    public IReadOnlyList<EvidenceRecord> In(long startSeconds) => _byWindow.GetValueOrDefault(startSeconds) ?? [];

    /// <summary>Finds with what a record is compared.</summary>
    /// <param name="identity">Whose it is.</param>
    /// <param name="dimension">Its dimension, as AWS has it.</param>
    /// <param name="seconds">A moment of its hour, in seconds since 1970.</param>
    /// <returns>The key.</returns>
    public UnitKey KeyOf(CustomerIdentity identity, string dimension, long seconds)
    {
        var length = IsDaily ? SecondsPerDay : _terms.Period.LengthSeconds;
        return new(seconds - (seconds % length), dimension, Fold(identity));
    }

    /// <summary>Whether what is compared is one record for AWS, and not a sum.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOneRecord(UnitKey key) =>
        !IsDaily && !IgnoresCustomers
        && (key.Identity.AwsAccountId is not { } account || !_wholeAccounts.Contains(account));

    private CustomerIdentity Fold(CustomerIdentity identity)
    {
        if (IgnoresCustomers)
        {
            return Nobody;
        }

        // AWS knows a buyer by identifier or by account; what names both is known by the first.
        if (identity.CustomerIdentifier is { } identifier)
        {
            return new(identifier, null, null);
        }

        return identity.AwsAccountId is { } account && _wholeAccounts.Contains(account)
            ? identity with { LicenseArn = null }
            : identity;
    }

    private void Add(EvidenceRecord record)
    {
        var seconds = record.Time.ToUnixTimeSeconds();
        if (seconds < _terms.FromSeconds || seconds >= _terms.ToSeconds)
        {
            Outside++;
            return;
        }

        var start = seconds - (seconds % WindowSeconds);
        if (!_byWindow.TryGetValue(start, out var window))
        {
            _byWindow.Add(start, window = []);
        }

        window.Add(record);
    }
}
