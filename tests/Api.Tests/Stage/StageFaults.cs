using System.Collections.Concurrent;
using Orleans.Runtime;
using Tally.Contracts.Customers;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Moves;
using Tally.Domain.Catalogue;

namespace Tally.Api.Tests.Stage;

/// <summary>
/// Makes customers fail or wait, by the words in their names, and watches how they are called. <c>broken</c> throws,
/// <c>unavailable</c> has no store, <c>restarting</c> lost its silo as often as its tenant says, <c>gated</c> waits
/// until its tenant's gate opens.
/// </summary>
public sealed class StageFaults
{
    private readonly ConcurrentDictionary<string, Watch> _watches = new();

    /// <summary>What was seen of a tenant's customers.</summary>
    public Watch Of(string tenant) => _watches.GetOrAdd(tenant, _ => new());

    /// <summary>Notes that a call has begun.</summary>
    public IDisposable Enter(CustomerKey key, UsageBatch batch) => Of(key.Product.Tenant).Enter(key.Customer, batch);

    /// <summary>Fails or waits, as the customer's name says.</summary>
    public async Task Before(CustomerKey key)
    {
        if (key.Customer.Contains("broken", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Secret detail of a bug.");
        }

        if (key.Customer.Contains("unavailable", StringComparison.Ordinal))
        {
            throw new UsageStoreUnavailableException();
        }

        if (key.Customer.Contains("restarting", StringComparison.Ordinal)
            && Interlocked.Decrement(ref Of(key.Product.Tenant).Restarts) >= 0)
        {
            throw new SiloUnavailableException();
        }

        if (key.Customer.Contains("refused", StringComparison.Ordinal))
        {
            throw new NotEntitledException("CustomerNotEntitledException: no subscription");
        }

        if (key.Customer.Contains("unasked", StringComparison.Ordinal))
        {
            throw new EntitlementUnknownException("ThrottlingException: slow down");
        }

        if (key.Customer.Contains("frozen", StringComparison.Ordinal))
        {
            throw new TenantFrozenException("The tenant is frozen: moving.");
        }

        if (key.Customer.Contains("gated", StringComparison.Ordinal))
        {
            await Of(key.Product.Tenant).Gate.Task;
        }
    }

    /// <summary>What was seen of one tenant's customers.</summary>
    public sealed class Watch
    {
        /// <summary>What was taken in from elsewhere.</summary>
        public System.Text.StringBuilder Imported { get; } = new();

        private readonly ConcurrentDictionary<string, int> _inside = new();
        private int _insideAll;
        private int _restarts;

        /// <summary>How many calls are still to fail because a silo went away.</summary>
        public ref int Restarts => ref _restarts;

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int CallsOfOneMost { get; private set; }

        public int CallsMost { get; private set; }

        public int EventsMost { get; private set; }

        public int Calls { get; private set; }

        public int CallsUnderWay => Volatile.Read(ref _insideAll);

        public List<string> Order { get; } = [];

        public ConcurrentDictionary<string, int> EventsOf { get; } = new();

        internal IDisposable Enter(string customer, UsageBatch batch)
        {
            var ofOne = _inside.AddOrUpdate(customer, 1, (_, count) => count + 1);
            var all = Interlocked.Increment(ref _insideAll);
            lock (this)
            {
                CallsOfOneMost = Math.Max(CallsOfOneMost, ofOne);
                CallsMost = Math.Max(CallsMost, all);
                EventsMost = Math.Max(EventsMost, batch.Count);
                Calls++;
                Order.Add(customer);
                EventsOf.AddOrUpdate(customer, batch.Count, (_, count) => count + batch.Count);
            }

            return new Exit(() =>
            {
                _inside.AddOrUpdate(customer, 0, (_, count) => count - 1);
                Interlocked.Decrement(ref _insideAll);
            });
        }

        private sealed class Exit(Action leave) : IDisposable
        {
            public void Dispose() => leave();
        }
    }
}
