namespace Tally.Client;

/// <summary>Something that a customer used.</summary>
/// <remarks>
/// The client checks nothing of it: what the platform doesn't take comes back through
/// <see cref="TallyClient.Rejected"/>, with the platform's reason.
/// </remarks>
/// <param name="Product">The product code.</param>
/// <param name="Customer">The customer, 1 to 255 characters of any kind.</param>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="Quantity">How much, from 0 to 9,000,000,000,000 with at most six decimals.</param>
public sealed record UsageEvent(string Product, string Customer, string Dimension, decimal Quantity)
{
    /// <summary>
    /// What the event is known by, 1 to 255 characters; it counts once for its customer, however often it is sent.
    /// The client makes one (a UUID, version 7) when it is null, and keeps it over all retries.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>
    /// When it was used; when the event was handed to the client when null, not when the platform got it.
    /// </summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>
    /// At most 20 tags, with keys of 1 to 100 and values of at most 256 characters; null for none. They are read when
    /// the event is handed over, and can be changed afterwards.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
