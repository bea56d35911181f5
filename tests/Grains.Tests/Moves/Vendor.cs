using System.Text;
using System.Text.Json;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Customers;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Subscriptions;
using Tally.Grains.Hosting;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>A tenant with everything that a tenant can have, frozen in the middle of an hour.</summary>
internal static class Vendor
{
    /// <summary>Whoever has something of each kind.</summary>
    public static IReadOnlyList<string> Customers { get; } =
        ["delivered", "waiting", "parked", "nobody", "open", "left", "known", "Zoë|東京"];

    public static Task<TallyCluster> Start() => TallyCluster.Start(configure: options =>
        options.ParkedProbeInterval = TimeSpan.Zero);

    /// <summary>Starts an installation that has nothing yet, and shares the clock and AWS.</summary>
    public static Task<TallyCluster> StartTarget(
        this TallyCluster source, Action<TallyOptions>? configure = null) =>
        TallyCluster.Start(source.Clock, source.Aws, configure: options =>
        {
            options.ParkedProbeInterval = TimeSpan.Zero;
            configure?.Invoke(options);
        });

    /// <summary>Makes the tenant, and has usage in every state there is.</summary>
    public static async Task Live(this TallyCluster tally)
    {
        var tenant = tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant);
        await tenant.Put("Acme \"Software\"");
        await tenant.CreateKey("applications", [ApiScopes.Ingest]);
        await tenant.CreateKey("people", ApiScopes.All);
        await tally.PutProduct("p", new ProductConfig("Product", LatePolicy.Default, [new("calls"), new("bytes")])
        {
            Meters = [new("kilobytes", "bytes", 1, 1_024, "data.size")],
            AllocationTags = ["team"],
            Guard = new(1_000, 1_000),
        });
        await tally.PutProduct("q", new ProductConfig(null, null, [new("seats")]) { FlushShards = 3 });
        tally.Aws.Unsubscribed.Add("parked");
        tally.Aws.BeforeStore = Refuse;
        tally.Aws.LeaveUnprocessed = record => record.CustomerIdentifier == "waiting";
        foreach (var customer in Customers)
        {
            await tally.Post("p", customer, 1, 2);
            await tally.Post("q", customer, 1);
        }

        await tally.Customer("p", "known").PutProfile(new("Known & Co", new(null, "123456789012", "arn:aws:l::1:l-1")));
        await tally.EndHour("p", flushesMax: 12);
        await tally.Drain("q", flushesMax: 12);
        await tally.Customer("p", "left").Notify(new(SubscriptionWord.Unsubscribed, tally.Clock.GetUtcNow()));
        foreach (var customer in Customers.Where(name => name is not ("left" or "delivered")))
        {
            await tally.Post("p", customer, 3);
        }
    }

    /// <summary>Has AWS take everything from now on.</summary>
    public static void Mend(this TallyCluster tally)
    {
        tally.Aws.Unsubscribed.Clear();
        tally.Aws.BeforeStore = _ => Task.CompletedTask;
        tally.Aws.LeaveUnprocessed = _ => false;
    }


    private static Task Refuse(BatchMeterUsageRequest request)
    {
        if (request.UsageRecords.Exists(record => record.CustomerIdentifier == "nobody"))
        {
            throw AwsErrors.Of("InvalidCustomerIdentifierException");
        }

        return Task.CompletedTask;
    }

    /// <summary>Posts events, each with its number as its id and its units.</summary>
    public static Task<string> Post(this TallyCluster tally, string product, string customer, params int[] numbers) =>
        tally.PostTo(TallyCluster.Tenant, product, customer, numbers);

    /// <summary>Posts events to a tenant, and says what became of them.</summary>
    public static async Task<string> PostTo(
        this TallyCluster tally, string tenant, string product, string customer, params int[] numbers)
    {
        var time = TallyCluster.NewClock().GetUtcNow();
        var events = numbers.Select(number => new UsageEvent(number, number, time));
        var reply = await tally.Grains
            .GetGrain<ICustomerGrain>(new CustomerKey(new(tenant, product), customer).ToString())
            .Post(UsageEvents.Batch([.. events]));
        return reply.Statuses.IsEmpty
            ? string.Join(' ', numbers.Select(_ => CountStatus.Counted))
            : string.Join(' ', reply.Statuses.ToArray().Select(status => (CountStatus)status));
    }

    /// <summary>All that can be seen of the tenant, in words.</summary>
    public static async Task<string> Describe(this TallyCluster tally)
    {
        var text = new StringBuilder();
        foreach (var product in (string[])["p", "q"])
        {
            foreach (var customer in Customers)
            {
                var actor = tally.Customer(product, customer);
                var usage = await actor.GetUsage();
                text.AppendLine($"{product} {customer} {await actor.GetProfile()} {await actor.GetSubscription()}");
                text.AppendJoin('\n', usage!.Open).AppendLine();
                text.AppendJoin('\n', usage.Records).AppendLine();
            }

            text.AppendLine(JsonSerializer.Serialize(await tally.Grains
                .GetGrain<IProductGrain>(new ProductKey(TallyCluster.Tenant, product).ToString()).Get()));
            text.AppendJoin('\n', await tally.Delivery(product).GetBalances()).AppendLine();
            text.AppendJoin(' ', await tally.Delivery(product).ListCustomers(null, 100)).AppendLine();
            text.AppendJoin('\n', tally.Ledger.Lines
                .Where(line => line.Customer.Product.Code == product).Select(line => line.ToString())).AppendLine();
        }

        var tenant = tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant);
        var info = await tenant.Get();
        return text.AppendLine($"{info?.Title} {string.Join(' ', info?.Products ?? [])}")
            .AppendJoin('\n', (await tenant.ListKeys()).Select(key => $"{key.KeyId} {key.Name} {key.CreatedAt}"))
            .ToString();
    }
}
