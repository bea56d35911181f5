using System.Globalization;
using Tally.Contracts.Delivery;
using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <summary>Why AWS takes nothing of a product at present, and since when the same has been so.</summary>
/// <param name="probeInterval">How often a suspended product is tried again.</param>
internal sealed class ProductTrouble(TimeSpan probeInterval)
{
    private string? _code;
    private DateTimeOffset _since;

    /// <summary>What is wrong, for people; null when nothing is.</summary>
    public string? Text { get; private set; }

    /// <summary>Why the product is suspended; null when it isn't: throttling and outages end by themselves.</summary>
    public Suspension? Suspension { get; private set; }

    /// <summary>A call failed for a reason that isn't its records'.</summary>
    /// <param name="error">The reason.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether the product is suspended from now on, or for another reason than before.</returns>
    public bool Begin(CallError error, DateTimeOffset now)
    {
        if (Text is null || error.Code != _code)
        {
            (_code, _since) = (error.Code, now);
        }

        Text = string.Create(CultureInfo.InvariantCulture, $"{error} since {_since:u}");
        if (error.Verdict != CallVerdict.ProductAtFault)
        {
            return false;
        }

        var isNew = Suspension?.Code != error.Code;
        Suspension = new(error.Code, error.Message, error.RequestId, _since, now + probeInterval);
        return isNew;
    }

    /// <summary>AWS took a call.</summary>
    /// <returns>Whether the product was suspended.</returns>
    public bool End()
    {
        var wasSuspended = Suspension is not null;
        (Text, Suspension) = (null, null);
        return wasSuspended;
    }
}
