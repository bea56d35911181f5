using System.Text;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Products;

namespace Tally.Api.Events;

/// <summary>
/// The products that the events of a request are for. Nearly always it is one, so the last one is looked at first.
/// </summary>
/// <param name="cache">Where products are found.</param>
/// <param name="tenant">Whose products.</param>
internal sealed class RequestProducts(ProductCache cache, string tenant)
{
    private const int AskedOneByOneMax = 8;

    private readonly List<CachedProduct?> _products = [];
    private readonly Dictionary<string, int> _slots = [];
    private TextRange _lastText;
    private int _lastSlot = -1;

    /// <summary>Finds the products and dimensions of all events; rejects events that name others.</summary>
    /// <param name="body">The body that the events lie in.</param>
    /// <param name="events">The events.</param>
    /// <returns>A task that completes when every event has a product and dimension or is rejected.</returns>
    public async ValueTask Resolve(byte[] body, ParsedEvents events)
    {
        AssignSlots(body, events.Span);
        await FindAll();
        var missing = AssignDimensions(body, events.Span);
        foreach (var slot in missing)
        {
            _products[slot] = await cache.Refresh(_products[slot]!);
        }

        if (missing.Count > 0)
        {
            AssignAgain(body, events.Span, missing);
        }
    }

    /// <summary>The product of an event that is not rejected.</summary>
    /// <param name="slot">The event's slot.</param>
    /// <returns>The product.</returns>
    public CachedProduct this[int slot] => _products[slot]!;

    private async ValueTask FindAll()
    {
        // Whoever names very many products may be guessing; then the tenant's list is asked before the products are.
        var codes = _slots.Count > AskedOneByOneMax ? await cache.CodesOf(tenant) : null;
        foreach (var (code, slot) in _slots)
        {
            _products[slot] = codes is null || codes.Contains(code) ? await cache.Find(tenant, code) : null;
        }
    }

    private void AssignSlots(byte[] body, Span<ParsedEvent> events)
    {
        foreach (ref var parsed in events)
        {
            parsed.Slot = parsed.Code is not EventCode.None and <= EventCode.UnknownProduct
                ? -1
                : SlotOf(body, parsed.Product);
        }
    }

    private int SlotOf(byte[] body, TextRange text)
    {
        if (_lastSlot >= 0 && text.In(body).SequenceEqual(_lastText.In(body)))
        {
            return _lastSlot;
        }

        var code = Encoding.UTF8.GetString(text.In(body));
        if (!_slots.TryGetValue(code, out var slot))
        {
            slot = _products.Count;
            _slots.Add(code, slot);
            _products.Add(null);
        }

        (_lastText, _lastSlot) = (text, slot);
        return slot;
    }

    /// <summary>Looks dimensions up.</summary>
    /// <returns>The slots of products in which one was not found.</returns>
    private HashSet<int> AssignDimensions(byte[] body, Span<ParsedEvent> events)
    {
        var missing = new HashSet<int>();
        foreach (ref var parsed in events)
        {
            if (parsed.Slot < 0)
            {
                CloudEventData.Read(ref parsed, body, null);
                continue;
            }

            if (_products[parsed.Slot] is not { } product)
            {
                parsed.Slot = -1;
                parsed.Reject(EventCode.UnknownProduct);
                CloudEventData.Read(ref parsed, body, null);
            }
            else if (!TryAssign(ref parsed, product, body) && parsed.Dimension.Length > 0)
            {
                missing.Add(parsed.Slot);
            }
        }

        return missing;
    }

    // All events of such a product, as places of names differ from one definition to the next.
    private void AssignAgain(byte[] body, Span<ParsedEvent> events, HashSet<int> slots)
    {
        foreach (ref var parsed in events)
        {
            if (parsed.Slot < 0 || !slots.Contains(parsed.Slot))
            {
                continue;
            }

            if (_products[parsed.Slot] is not { } product || !TryAssign(ref parsed, product, body))
            {
                parsed.Reject(EventCode.UnknownDimension);
                CloudEventData.Read(ref parsed, body, null);
            }
        }
    }

    private static bool TryAssign(ref ParsedEvent parsed, CachedProduct product, byte[] body)
    {
        if (product.OnlyCustomer is { } customer && !parsed.Customer.In(body).SequenceEqual(customer))
        {
            parsed.Reject(EventCode.OtherCustomer);
        }

        if (!product.TryFind(parsed.Dimension.In(body), out var dimension))
        {
            return false;
        }

        parsed.Place = dimension.Place;
        CloudEventData.Read(ref parsed, body, dimension);
        if (!dimension.Conversion.TryConvert(parsed.Micros, out _, out _))
        {
            parsed.Reject(EventCode.QuantityTooLarge);
        }

        if (dimension.UniqueTag is { } tag && !TagsReader.TryFind(parsed.Tags.In(body), tag, out _))
        {
            parsed.Reject(EventCode.MissingUniqueTag);
        }

        return true;
    }
}
