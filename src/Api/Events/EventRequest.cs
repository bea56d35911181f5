namespace Tally.Api.Events;

/// <summary>A usage event.</summary>
/// <remarks>It describes the form only: events are read without making objects of them.</remarks>
/// <param name="Id">
/// What the event is known by, 1 to 255 characters; it counts once for its customer, however often it is sent.
/// </param>
/// <param name="Product">The product code.</param>
/// <param name="Customer">The customer, 1 to 255 characters of any kind.</param>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="Quantity">From 0 to 9,000,000,000,000 with at most six decimals.</param>
/// <param name="Time">When it was used, RFC 3339 with Z or an offset; the time of arrival when left out.</param>
/// <param name="Tags">
/// At most 20 strings, with keys of 1 to 100 and values of at most 256 characters, none of them the zero character.
/// </param>
internal sealed record EventRequest(
    string Id,
    string Product,
    string Customer,
    string Dimension,
    decimal Quantity,
    DateTimeOffset? Time = null,
    IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>What became of the events of a request.</summary>
/// <param name="Accepted">How many are counted now.</param>
/// <param name="Duplicates">How many were counted before, with the same content.</param>
/// <param name="Rejected">Those that are not counted, and why.</param>
internal sealed record EventsAnswerDocument(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);

/// <summary>An event that is not counted.</summary>
/// <param name="Index">Its place in the body, from 0.</param>
/// <param name="Id">Its id, where it has a valid one.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record RejectedEvent(int Index, string? Id, string Code, string Message);
