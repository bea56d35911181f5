using Tally.Contracts.Ledger;
using Tally.Contracts.Moves;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Ledger;
using Tally.Grains.Hosting;

namespace Tally.Grains.Moves;

/// <summary>Whether what an export holds can be at work here.</summary>
/// <param name="tenant">The name that the tenant gets here.</param>
/// <param name="options">How this installation meters.</param>
/// <param name="ledger">The ledger; null where none is kept.</param>
internal sealed class ImportRules(string tenant, TallyOptions options, IRecordLedger? ledger)
{
    /// <summary>Judges a line that is whole.</summary>
    /// <param name="at">What was read up to it.</param>
    /// <param name="line">The line.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public ImportFault? Judge(ImportCursor at, ExportLine line)
    {
        try
        {
            var mismatch = line switch
            {
                { Header: { } header } => Judge(header),
                { Product: { } product } => Judge(at, product),
                { Ledger: { } lines } => Judge(lines),
                _ => null,
            };
            Read(line.Customer);
            return mismatch is null ? null : new(ImportFaultKind.Mismatch, at.Lines, mismatch);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException)
        {
            return ImportLines.Damaged(at.Lines, $"can't be read here: {unreadable.Message}");
        }
    }

    private string? Judge(ExportHeader header)
    {
        var period = options.MeteringPeriod().LengthSeconds;
        return header.PeriodSeconds != period
            ? $"The tenant was metered by {header.PeriodSeconds} seconds, and here it would be by {period}."
            : header.Rules != options.Rules
            ? $"The tenant was delivered by the rules {header.Rules}, and here it would be by {options.Rules}."
            : null;
    }

    private string? Judge(ImportCursor at, ExportedProduct product)
    {
        var (code, channel) = (product.Definition.Code, product.Definition.Channel);
        if (!Names.IsProductCode(code))
        {
            throw new FormatException("It names a product that can't be.");
        }

        // The tokens by which AWS knows a repetition are made of the tenant's name, too.
        return channel == DeliveryChannel.MeterUsage && at.Tenant != tenant
            ? $"Product {code} delivers by MeterUsage, so the tenant has to keep its name, which is {at.Tenant}."
            : !options.CanDeliver(channel)
            ? $"DeliveryMargin and SealDelay leave no time to deliver product {code}."
            : null;
    }

    private string? Judge(ExportedLedger lines)
    {
        LedgerPages.Read(new(tenant, lines.Product), lines);
        return ledger is null ? "The export has a ledger of records, and none is kept here." : null;
    }

    private void Read(MovedCustomer? customer)
    {
        if (customer is null)
        {
            return;
        }

        if (!Names.IsProductCode(customer.Product) || !Names.IsName(customer.Customer))
        {
            throw new FormatException("It names a customer that can't be.");
        }

        if (customer.Ledger is { } books)
        {
            CustomerLedger.FromSnapshot(books.Span, options.MeteringPeriod());
        }

        if (customer.Outbox is { } outbox)
        {
            LedgerOutbox.Read(new(new(tenant, customer.Product), customer.Customer), outbox.Span);
        }
    }
}
