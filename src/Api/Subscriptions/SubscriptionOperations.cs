using System.Collections.Immutable;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;
using Tally.Domain.Subscriptions;

namespace Tally.Api.Subscriptions;

/// <summary>What AWS Marketplace says of customers' subscriptions, passed on by whoever hears it.</summary>
/// <param name="grains">Where customers are.</param>
/// <param name="products">Which products there are.</param>
/// <param name="bodies">How bodies are read.</param>
/// <param name="services">Where the clock is.</param>
internal sealed class SubscriptionOperations(
    IGrainFactory grains,
    ProductCache products,
    JsonBody bodies,
    IServiceProvider services)
{
    private readonly TimeProvider _clock = ApiTime.Metering(services);
    private static readonly TimeSpan AheadMost = TimeSpan.FromMinutes(5);

    private static readonly ImmutableArray<(string Word, SubscriptionWord Value)> Words =
    [
        ("subscribed", SubscriptionWord.Subscribed),
        ("unsubscribe_pending", SubscriptionWord.UnsubscribePending),
        ("unsubscribed", SubscriptionWord.Unsubscribed),
    ];

    /// <summary>Passes a notice on.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Change(ApiCall call)
    {
        var (grain, problem) = await Find(call);
        if (grain is null)
        {
            return problem;
        }

        var (request, unread) = await bodies.Read(call, ApiJsonContext.Default.SubscriptionRequest);
        if (request is null)
        {
            return unread;
        }

        var now = _clock.GetUtcNow();
        var errors = new List<FieldError>();
        var word = Words.FirstOrDefault(known => known.Word == request.Word);
        if (word.Word is null)
        {
            errors.Add(new(
                "word", "unknown_value", $"This is one of {string.Join(", ", Words.Select(known => known.Word))}."));
        }

        if (request.At > now + AheadMost)
        {
            // It would outweigh every true notice until that time has come.
            errors.Add(new("at", "from_the_future", "The time is at most five minutes ahead."));
        }

        if (errors.Count > 0)
        {
            return new(ProblemCode.InvalidBody, "The subscription is not changed.") { Errors = errors };
        }

        var known = await grain.Notify(new(word.Value, (request.At ?? now).ToUniversalTime()));
        return known is null ? new(ProblemCode.UnknownProduct) : await Answer(call, known);
    }

    /// <summary>Shows what is known.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call)
    {
        var (grain, problem) = await Find(call);
        if (grain is null)
        {
            return problem;
        }

        return await grain.GetSubscription() is { } known
            ? await Answer(call, known)
            : new(ProblemCode.UnknownCustomer);
    }

    private static async Task<Problem?> Answer(ApiCall call, Subscription known)
    {
        var word = known.Notice is { } notice ? Words.First(pair => pair.Value == notice.Word).Word : null;
        await call.Answer(
            new SubscriptionAnswer(call["customer"], word, known.Notice?.At, known.TakesUsage, known.RefusedAt),
            ApiJsonContext.Default.SubscriptionAnswer);
        return null;
    }

    private async ValueTask<(ICustomerGrain? Grain, Problem? Problem)> Find(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return (null, new(ProblemCode.UnknownProduct));
        }

        return Names.IsName(call["customer"])
            ? (grains.GetGrain<ICustomerGrain>(new CustomerKey(product.Key, call["customer"]).ToString()), null)
            : (null, new(ProblemCode.InvalidParameter, "A customer has 1 to 255 characters."));
    }
}
