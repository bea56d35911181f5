using Tally.Domain.Catalogue;
using Tally.Domain.Time;

namespace Tally.Domain.Counting;

/// <summary>Everything but the event and the ledger that decides how an event is counted.</summary>
/// <param name="Product">The product's definition.</param>
/// <param name="Period">How long metering hours are.</param>
/// <param name="Acceptance">Until when AWS accepts records.</param>
/// <param name="DeliveryMargin">How long before that a record should be on its way; zero or more.</param>
public sealed record CountingRules(
    ProductDefinition Product,
    MeteringPeriod Period,
    AcceptanceRules Acceptance,
    TimeSpan DeliveryMargin)
{
    /// <summary>Whether the customer's usage is taken; false once its subscription ends.</summary>
    public bool TakesUsage { get; init; } = true;

    /// <summary>Finds the hour that an event's usage belongs to.</summary>
    /// <param name="time">The event's time.</param>
    /// <param name="sealedThrough">The customer's last sealed hour; null for none.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>
    /// The event's own hour while that is neither sealed nor past delivery; else, as the product's policy says, the
    /// customer's next open hour or a refusal. Never an hour that is sealed, nor any when usage isn't taken.
    /// </returns>
    public Placement Place(DateTimeOffset time, MeteringHour? sealedThrough, DateTimeOffset now)
    {
        if (!TakesUsage)
        {
            return new(CountStatus.NotSubscribed, default);
        }

        var late = Product.Late;
        if (time > now + late.FutureTolerance)
        {
            return new(CountStatus.FromTheFuture, default);
        }

        if (time < now - late.EventAgeMax)
        {
            return new(CountStatus.TooOld, default);
        }

        var hour = Period.Of(time);
        var firstOpen = FirstOpen(sealedThrough, now);
        if (hour >= firstOpen)
        {
            return new(CountStatus.Counted, hour);
        }

        // Whatever the policy: another pipeline has it in its own hour, and here it would be charged in another.
        if (Product.ShadowUntil is { } until && hour.Start < until && firstOpen.Start >= until)
        {
            return new(CountStatus.HourClosed, default);
        }

        var isOfPreviousMonth = firstOpen.IsOfLaterMonthThan(time);
        var mode = isOfPreviousMonth ? late.PreviousMonth ?? late.Mode : late.Mode;
        return mode == LatePolicyMode.CarryForward
            ? new(CountStatus.Counted, firstOpen)
            : new(isOfPreviousMonth ? CountStatus.MonthClosed : CountStatus.HourClosed, default);
    }

    /// <summary>The first hour that can still take usage.</summary>
    /// <param name="sealedThrough">The customer's last sealed hour; null for none.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The first hour behind what is sealed that can still be delivered.</returns>
    public MeteringHour FirstOpen(MeteringHour? sealedThrough, DateTimeOffset now)
    {
        var deliverable = Acceptance.FirstDeliverable(now, Period, DeliveryMargin);
        return sealedThrough is { } last && last.Next > deliverable ? last.Next : deliverable;
    }
}
