namespace Tally.Emulator.Notifications;

/// <summary>One message on its way to one address.</summary>
internal sealed record Delivery
{
    /// <summary>Orders deliveries as they came about, and names them.</summary>
    public required string Id { get; init; }

    public required string SubscriptionId { get; init; }

    public required Uri Url { get; init; }

    public required string Body { get; init; }

    public required string ContentType { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init => field = value ?? field; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public int Attempts { get; init; }

    /// <summary>The status of the last answer; null: there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt got no answer.</summary>
    public string? LastError { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string State { get; init => field = value ?? field; } = Pending;

    public const string Pending = "pending";
    public const string Delivered = "delivered";
    public const string Failed = "failed";
}
