using System.Runtime.ExceptionServices;
using Tally.Api.Dispatch;
using Tally.Api.Errors;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Domain.Counting;

namespace Tally.Api.Events;

/// <summary>Takes usage events in. The way of an event through the front door:</summary>
/// <remarks>
/// <list type="number">
/// <item>The body is read into a pooled buffer, within limits, and inflated where it is compressed.</item>
/// <item>All of it is parsed, straight from the bytes; a body that can't be parsed ends here, and nothing of it is
/// kept.</item>
/// <item>Each event's product and dimension are looked up among the cached definitions; what is wrong with an event is
/// noted, and the others go on.</item>
/// <item>Room is reserved for all of them; when too much waits already, the request ends here, and nothing of it is
/// kept.</item>
/// <item>Each event is written, in its stored form, behind those that wait in its customer's lane.</item>
/// <item>The dispatcher calls the customers' actors, one call at a time for each, and hands out the statuses.</item>
/// <item>When the last status is there, the answer is written. Every counted event is durable by then.</item>
/// </list>
/// </remarks>
/// <param name="bodies">How bodies are read.</param>
/// <param name="products">The definitions.</param>
/// <param name="dispatcher">The way to the actors.</param>
/// <param name="limits">The limits and the clock.</param>
internal sealed class PostEvents(
    RequestBody bodies,
    ProductCache products,
    Dispatcher dispatcher,
    PostLimits limits)
{
    /// <summary>Takes in the events of a request.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why nothing was taken; null when it is answered.</returns>
    public async Task<Problem?> Handle(ApiCall call)
    {
        using var body = new PooledBody();
        using var events = new ParsedEvents();
        var problem = await bodies.Read(call.Http, body, CloudEventForm.Of(call.Http.Request)); // (1)
        if (problem is not null)
        {
            return problem;
        }

        if (CloudEventForm.TryParse(call.Http.Request, body, limits.EventsMax, events) is { } fault) // (2)
        {
            return bodies.ProblemOf(fault);
        }

        var request = new EventsOfRequest(body, events, new RequestProducts(products, call.Tenant));
        await request.Products.Resolve(body.Buffer, events); // (3)

        if (dispatcher.TryReserve(events.Count, body.Length + (64L * events.Count)) is not { } post) // (4)
        {
            return new(ProblemCode.Overloaded);
        }

        Dispatch(request, post); // (5)
        await post.Answered.WaitAsync(call.Stop);
        if (post.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var tally = EventsAnswer.Book(events.Span, post.Statuses); // (7)
        limits.Instruments.Events(tally.Accepted, tally.Duplicates, tally.Rejected);
        await EventsAnswer.Write(call.Http.Response, tally, request, call.Stop);
        return null;
    }

    private void Dispatch(EventsOfRequest request, PendingPost post)
    {
        var arrival = limits.Clock.GetUtcNow().UtcTicks;
        var events = request.Events.Span;
        var dispatched = 0;
        try
        {
            for (var index = 0; index < events.Length; index++)
            {
                ref readonly var parsed = ref events[index];
                if (parsed.Code == EventCode.None)
                {
                    Add(request, parsed, arrival, new(post, index));
                    dispatched++;
                }
            }
        }
        finally
        {
            post.Release(events.Length - dispatched + 1);
            dispatcher.Start(); // (6)
        }
    }

    private void Add(EventsOfRequest request, in ParsedEvent parsed, long arrival, Waiter waiter)
    {
        var body = request.Body.Buffer;
        var product = request.Products[parsed.Slot];
        var dimension = product[parsed.Place];
        var id = parsed.Id.In(body);
        var tags = parsed.Tags.In(body);
        var hasTime = parsed.Fields.HasFlag(EventField.Time);
        var flags = hasTime ? (byte)0 : UsageBlock.TimeIsArrival;
        var uniqueKey = UInt128.Zero;
        if (dimension.UniqueTag is { } tag && TagsReader.TryFind(tags, tag, out var value))
        {
            flags |= UsageBlock.HasUnique;
            uniqueKey = EventHashes.KeyOf(value);
        }

        flags |= tags.IsEmpty ? (byte)0 : UsageBlock.HasTags;
        if (!dimension.Conversion.TryConvert(parsed.Micros, out var micros, out var fraction))
        {
            throw new InvalidOperationException("An event that is too large for its dimension was not rejected.");
        }

        flags |= fraction.IsZero ? (byte)0 : UsageBlock.HasFraction;
        var usage = new UsageEvent
        {
            Flags = flags,
            CatalogueVersion = product.Definition.Version,
            Facts = new(
                EventHashes.KeyOf(id),
                EventHashes.FingerprintOf(dimension.Name, parsed.Micros, hasTime ? parsed.Ticks : null, tags),
                dimension.Definition.Ordinal,
                hasTime ? parsed.Ticks : arrival,
                micros,
                uniqueKey)
            {
                Fraction = fraction,
            },
            Id = id,
            Tags = tags,
        };
        dispatcher.Add(new LaneAddress(product.Text, product.Seed, parsed.Customer.In(body)), usage, waiter);
    }
}
