using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
/// Takes in an export: (1) that it begins is stored, and everybody hears of it, so that nobody makes a tenant of that
/// name meanwhile; (2) products, customers and ledger are stored, in the export's order; (3) the tenant and its keys;
/// (4) that it is complete, and frozen. Should it be lost at any point, the same export begins again at (1), and what
/// is there already is stored again as it is.
/// </summary>
/// <param name="options">How this installation meters.</param>
/// <param name="clock">What time it is.</param>
/// <param name="logger">The log.</param>
/// <param name="ledger">The ledger; null where none is kept.</param>
internal sealed partial class TenantImportGrain(
    IOptions<TallyOptions> options,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<TenantImportGrain> logger,
    IRecordLedger? ledger = null) : Grain, ITenantImportGrain
{
    private const int CustomersAtOnce = 64;
    private const int LinesPerPage = 10_000;

    private string Tenant => this.GetPrimaryKeyString();

    private ITenantStandingGrain Standing => GrainFactory.GetGrain<ITenantStandingGrain>(Tenant);

    private IMovingTenantGrain MovingTenant => GrainFactory.GetGrain<IMovingTenantGrain>(Tenant);

    /// <inheritdoc />
    public Task<ImportReply> Check(ImportCursor? at, ReadOnlyMemory<byte> lines)
    {
        var rules = new ImportRules(Tenant, options.Value, ledger);
        foreach (var (next, line, damage) in ImportLines.Read(at, lines))
        {
            if ((damage ?? rules.Judge(next!, line!)) is { } fault)
            {
                return Task.FromResult(new ImportReply(null, fault));
            }

            at = next;
        }

        return Task.FromResult(new ImportReply(at, null));
    }

    /// <inheritdoc />
    public async Task<ImportStart> Begin(string export)
    {
        var before = await Standing.Get();
        if (before.Phase == TenantPhase.Frozen && before.ImportOf == export)
        {
            return new(null, null);
        }

        var resumed = before.Phase == TenantPhase.Importing && before.ImportOf == export ? export : null;
        if ((resumed is null && before.Phase != TenantPhase.Open) || !await MovingTenant.IsFreeFor(resumed))
        {
            return new(null, Exists(before));
        }

        var begun = await Standing.BeginImport(export);
        if (begun is not { Phase: TenantPhase.Importing, FreezeId: { } session } || begun.ImportOf != export)
        {
            return new(null, Exists(begun));
        }

        // Until now somebody may have thought that the tenant is open, and have made it.
        await Task.Delay(TenantLease.LengthMost, clock);
        if (!await MovingTenant.IsFreeFor(resumed))
        {
            await Standing.EndImport(session, isComplete: false);
            return new(null, Exists(before));
        }

        Log.Begun(logger, Tenant, export, resumed is not null);
        return new(session, null);
    }

    /// <inheritdoc />
    public async Task<ImportReply> Apply(string session, ImportCursor? at, ReadOnlyMemory<byte> lines)
    {
        var standing = await Standing.Get();
        if (standing.Phase != TenantPhase.Importing || standing.FreezeId != session)
        {
            return new(null, new(ImportFaultKind.TakenOver, null, "Another import of this tenant has begun since."));
        }

        IReadOnlyList<string> leftOut = [];
        var customers = new List<MovedCustomer>();
        foreach (var (next, line, fault) in ImportLines.Read(at, lines))
        {
            if (fault is not null)
            {
                return new(null, fault);
            }

            at = next!;
            if (line!.Customer is { } customer)
            {
                customers.Add(customer);
                continue;
            }

            await Import(customers, at.Export);
            customers.Clear();
            at = line.Ledger is { } page ? await Import(at, page) : at;
            await Import(line.Product);
            leftOut = line.Tenant is { } tenant ? await MovingTenant.Import(tenant, at.Export) : leftOut;
            if (at.IsClosed && (await Standing.EndImport(session, isComplete: true)).Phase == TenantPhase.Frozen)
            {
                Log.Completed(logger, Tenant, at.Export, at.Counts);
            }
        }

        await Import(customers, at?.Export ?? "");
        return new(at, null) { KeysLeftOut = leftOut };
    }

    private static ImportFault Exists(TenantStanding standing) => new(
        ImportFaultKind.TenantExists,
        null,
        standing.Phase == TenantPhase.Importing
            ? $"The import of another export of this tenant, {standing.ImportOf}, was begun and not completed."
            : "There is a tenant of this name already. Take another name for it.");

    private async Task Import(ExportedProduct? product)
    {
        if (product is null)
        {
            return;
        }

        var key = new ProductKey(Tenant, product.Definition.Code);
        await GrainFactory.GetGrain<IMovingProductGrain>(key.ToString()).Import(product.Definition);
        if (product.Installation is { } installation)
        {
            var shard = FlushShardKey.Of(key, ProductDefinition.OwnCustomer, product.Definition.FlushShards);
            await GrainFactory.GetGrain<IMovingShardGrain>(shard.ToString()).Import([], installation);
        }
    }

    private async Task Import(List<MovedCustomer> customers, string export)
    {
        foreach (var some in customers.GroupBy(customer => customer.Product, StringComparer.Ordinal))
        {
            var product = new ProductKey(Tenant, some.Key);
            var definition = await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get();
            foreach (var shard in some.GroupBy(customer =>
                FlushShardKey.Of(product, customer.Customer, definition?.FlushShards ?? 1).ToString()))
            {
                List<string> names = [.. shard.Select(customer => customer.Customer)];
                await GrainFactory.GetGrain<IMovingShardGrain>(shard.Key).Import(names, null);
            }

            await Bounded.ForEach([.. some], CustomersAtOnce, customer => GrainFactory
                .GetGrain<IMovingCustomerGrain>(new CustomerKey(product, customer.Customer).ToString())
                .Import(customer, export));
        }
    }

    /// <summary>
    /// Adds lines to the ledger. The ledger knows most lines again, but not those of calls; so those are left out that
    /// an import that was interrupted has added. It added them in this order, and nobody else adds any.
    /// </summary>
    private async Task<ImportCursor> Import(ImportCursor at, ExportedLedger page)
    {
        var product = new ProductKey(Tenant, page.Product);
        var known = at.LedgerProduct == page.Product ? at.LedgerLinesKnown : await CountLines(product);
        var lines = LedgerPages.Read(product, page);
        var there = (int)Math.Min(known, lines.Count);
        if (there < lines.Count)
        {
            await ledger!.AppendAsync(lines[there..]);
        }

        return at with { LedgerProduct = page.Product, LedgerLinesKnown = known - there };
    }

    private async Task<long> CountLines(ProductKey product)
    {
        var (count, last) = (0L, 0L);
        while (await ledger!.QueryAsync(new LedgerFilter(product), last, LinesPerPage) is { Count: > 0 } rows)
        {
            (count, last) = (count + rows.Count, rows[^1].Sequence);
        }

        return count;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1521, LogLevel.Warning, "Tenant {Tenant}: taking in export {Export} begins; begun before: {IsResumed}.")]
        public static partial void Begun(ILogger logger, string tenant, string export, bool isResumed);

        [LoggerMessage(1522, LogLevel.Warning, "Tenant {Tenant}: export {Export} is taken in. {Counts}")]
        public static partial void Completed(ILogger logger, string tenant, string export, ExportCounts counts);
    }
}
