using Microsoft.Extensions.Options;
using Tally.Contracts.Delivery;
using Tally.Contracts.Ledger;
using Tally.Contracts.Moves;
using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Ledger;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;

namespace Tally.Grains.Moves;

/// <summary>
/// Reads a frozen tenant: (1) its products; (2) their customers, shard by shard; (3) their ledgers; (4) the tenant
/// itself. Before each part it makes sure that the tenant is frozen as it was at the first: so nothing changed between.
/// </summary>
/// <param name="options">How the tenant is metered.</param>
/// <param name="ledger">The ledger; null where none is kept.</param>
internal sealed class TenantExportGrain(IOptions<TallyOptions> options, IRecordLedger? ledger = null)
    : Grain, ITenantExportGrain
{
    private const int CustomersAtOnce = 16;
    private const int CustomersPerPage = 1_000;
    private const int LinesPerPage = 2_000;

    private string Tenant => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<ExportPart?> Read(ExportCursor? at)
    {
        var standing = await GrainFactory.GetGrain<ITenantStandingGrain>(Tenant).Get();
        if (standing is not { Phase: TenantPhase.Frozen or TenantPhase.Moved, FreezeId: { } export }
            || (at is not null && at.Export != export)
            || await GrainFactory.GetGrain<IMovingTenantGrain>(Tenant).Export() is not { } tenant)
        {
            return null;
        }

        var writer = new ExportWriter(at?.Check ?? ExportCheck.None, at?.Counts ?? ExportCounts.None);
        if (at is null)
        {
            var settings = options.Value;
            writer.Write(new ExportHeader(
                ExportHeader.FormatName, ExportHeader.VersionNow, export, Tenant,
                settings.MeteringPeriod().LengthSeconds, settings.Rules));
        }

        var next = await Read(at ?? new(export, ExportStage.Products, "", ExportCounts.None), tenant, writer);
        return new(writer.Lines, next is null ? null : next with { Check = writer.Check, Counts = writer.Counts });
    }

    private async Task<ExportCursor?> Read(ExportCursor at, MovedTenant tenant, ExportWriter writer)
    {
        while (!writer.IsFull)
        {
            if (at.Stage == ExportStage.Tenant)
            {
                writer.Close(tenant);
                return null;
            }

            if (at.Product >= tenant.Products.Count)
            {
                at = new(at.Export, at.Stage + 1, at.Check, at.Counts);
                continue;
            }

            var product = new ProductKey(Tenant, tenant.Products[at.Product]);
            at = at.Stage switch
            {
                ExportStage.Products => await ReadProduct(at, product, writer),
                ExportStage.Customers => await ReadCustomers(at, product, writer),
                _ => await ReadLedger(at, product, writer),
            };
        }

        return at;
    }

    private async Task<ExportCursor> ReadProduct(ExportCursor at, ProductKey product, ExportWriter writer)
    {
        // One that is listed but was never made is nothing.
        if (await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get() is { } definition)
        {
            writer.Write(new ExportedProduct(definition, await Installation(product, definition)));
        }

        return at with { Product = at.Product + 1 };
    }

    private async Task<string?> Installation(ProductKey product, ProductDefinition definition) =>
        definition.Channel == DeliveryChannel.MeterUsage
            ? await GrainFactory.GetGrain<IMovingShardGrain>(
                FlushShardKey.Of(product, ProductDefinition.OwnCustomer, definition.FlushShards).ToString())
                .GetInstallation()
            : null;

    /// <summary>
    /// Reads on in a shard. Also those are asked that the product no longer has: they may not have handed over yet.
    /// </summary>
    private async Task<ExportCursor> ReadCustomers(ExportCursor at, ProductKey product, ExportWriter writer)
    {
        var shard = GrainFactory.GetGrain<IFlushShardGrain>(new FlushShardKey(product, at.Shard).ToString());
        var customers = await shard.ListCustomers(at.Customer, CustomersPerPage);
        var read = 0;
        while (read < customers.Count && !writer.IsFull)
        {
            var some = customers.Skip(read).Take(CustomersAtOnce).ToList();
            foreach (var customer in await Task.WhenAll(some.Select(name => Export(product, name))))
            {
                // Some are large: what is more than a part may hold is read again for the next one.
                if (!writer.IsFull)
                {
                    writer.Write(customer);
                    read++;
                }
            }
        }

        if (read < customers.Count || customers.Count == CustomersPerPage)
        {
            return at with { Customer = customers[read - 1] };
        }

        return at.Shard + 1 < FlushShards.CountMax
            ? at with { Shard = at.Shard + 1, Customer = null }
            : at with { Shard = 0, Customer = null, Product = at.Product + 1 };
    }

    private Task<MovedCustomer> Export(ProductKey product, string customer) =>
        GrainFactory.GetGrain<IMovingCustomerGrain>(new CustomerKey(product, customer).ToString()).Export();

    private async Task<ExportCursor> ReadLedger(ExportCursor at, ProductKey product, ExportWriter writer)
    {
        var rows = ledger is null
            ? []
            : await ledger.QueryAsync(new LedgerFilter(product), at.Sequence, LinesPerPage);
        if (rows.Count == 0)
        {
            return at with { Sequence = 0, Product = at.Product + 1 };
        }

        writer.Write(new ExportedLedger(product.Code, rows.Count, LedgerPages.Write(rows)));
        return at with { Sequence = rows[^1].Sequence };
    }
}
