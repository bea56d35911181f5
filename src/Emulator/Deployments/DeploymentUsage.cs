using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Deployments;

/// <summary>Usage of a product by one deployment, as a request of right form reports it.</summary>
internal sealed record DeploymentUsage(Product Product, Deployment Deployment, MeterUsageRequest Request)
{
    public bool AddsUp => Product.MeterUsage is MeterUsageMode.AgentCore && Request.ClientToken is not null;

    /// <summary>The token among those of all sellers, regions and buyers; null: none was sent.</summary>
    public string? TokenKey => Request.ClientToken is { } token
        ? $"{Product.AccountId}|{Deployment.Region}|{Deployment.AccountId}|{token}"
        : null;

    /// <summary>The first thing wrong with what is reported, or null.</summary>
    public ServiceError? Check(RuleBook book, DateTimeOffset now)
    {
        if (!Product.HasDimension(Request.UsageDimension!))
            return DeploymentErrors.Dimension(Request.UsageDimension!, Product);
        var window = AcceptanceWindow.OfMeterUsage(book.Rules, book.Period, book.OpenPoints);
        if (EpochSeconds.ToTime(Request.Timestamp!.Value) is not { } timestamp || !window.Accepts(timestamp, now))
            return DeploymentErrors.Timestamp(Request.Timestamp.Value, book.Rules);
        return Allocations.Check(Request.UsageAllocations, Request.UsageQuantity, book.Rules, book.OpenPoints);
    }

    /// <summary>
    /// The record as it would be stored under a new id. One value an hour: dimension, resource and hour are the key,
    /// and the hour's start is the time. Many that add up: the token is the key, and the time is as it was sent.
    /// </summary>
    public StoredUsage ToStored(TimeSpan period, string meteringRecordId)
    {
        var sent = EpochSeconds.ToTime(Request.Timestamp!.Value)!.Value;
        var bucket = AddsUp ? 0 : UsageKey.BucketOf(sent, period);
        var customer = AddsUp
            ? $"token:{Deployment.AccountId}:{Request.ClientToken}"
            : $"resource:{Deployment.AccountId}:{Deployment.Resource}";
        var key = new UsageKey(
            Product.AccountId, Deployment.Region, Product.Code, customer, Request.UsageDimension!, bucket);
        return new StoredUsage(key, new MeteredRecord
        {
            AccountId = key.AccountId,
            Region = key.Region,
            ProductCode = key.ProductCode,
            CustomerAWSAccountId = Deployment.AccountId,
            ResourceId = Deployment.Resource,
            Dimension = key.Dimension,
            Timestamp = AddsUp ? sent : DateTimeOffset.FromUnixTimeSeconds(bucket),
            Quantity = Request.UsageQuantity ?? 0,
            UsageAllocations = Allocations.Stored(Request.UsageAllocations),
            MeteringRecordId = meteringRecordId,
        });
    }
}
