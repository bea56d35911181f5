using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;

namespace Tally.Grains.Tests.Hosting;

/// <summary>A ledger in memory that can be told to fail, before or after it has stored what it was given.</summary>
internal sealed class MemoryLedger : IRecordLedger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerLine> _lines = [];
    private readonly HashSet<object> _known = [];

    /// <summary>Decides for each append whether it fails, and how; null for no failures.</summary>
    public Func<AppendFailure>? Failures { get; set; }

    /// <summary>How many appends have failed.</summary>
    public int FailedAppends { get; private set; }

    /// <summary>What is in it.</summary>
    public IReadOnlyList<LedgerLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The kinds of lines of a customer, in their order.</summary>
    public IReadOnlyList<LedgerKind> KindsOf(string customer) =>
        [.. Lines.Where(line => line.Customer.Customer == customer).Select(line => line.Kind)];

    public Task AppendAsync(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var failure = Failures?.Invoke() ?? AppendFailure.None;
            if (failure != AppendFailure.StoreNothing)
            {
                _lines.AddRange(lines.Where(line => IsOfCall(line)
                    || _known.Add((line.Customer, line.Record.Key, line.Id))));
            }

            if (failure == AppendFailure.None)
            {
                return Task.CompletedTask;
            }

            FailedAppends++;
            return Task.FromException(new LedgerUnavailableException("The test wanted it so."));
        }
    }

    public Task<IReadOnlyList<LedgerRow>> QueryAsync(
        LedgerFilter filter, long after, int countMax, CancellationToken cancellationToken = default)
    {
        // Nobody but who moves a tenant reads it, and asks for all of a product.
        Assert.Equal(new LedgerFilter(filter.Product), filter);
        return Task.FromResult<IReadOnlyList<LedgerRow>>(
        [
            .. Lines.Select((line, index) => new LedgerRow(index + 1, line))
                .Where(row => row.Sequence > after && row.Line.Customer.Product == filter.Product)
                .Take(countMax),
        ]);
    }

    private static bool IsOfCall(LedgerLine line) => line.Kind is LedgerKind.Submitted or LedgerKind.Answered;
}
