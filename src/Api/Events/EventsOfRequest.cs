namespace Tally.Api.Events;

/// <summary>The events of a request with all that they lie in.</summary>
/// <param name="Body">The body, which holds their texts.</param>
/// <param name="Events">The events.</param>
/// <param name="Products">The products that they are for.</param>
internal sealed record EventsOfRequest(PooledBody Body, ParsedEvents Events, RequestProducts Products);
