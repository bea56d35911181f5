namespace Tally.Emulator.Subscriptions;

/// <summary>
/// Something AWS tells a seller. It is saved together with what it tells of, so that no crash loses it; one that was
/// not handed over before a crash is handed over again.
/// </summary>
internal sealed record Notice
{
    /// <summary>A number of fixed length, so that the order of ids is the order in which they came about.</summary>
    public required string Id { get; init; }

    /// <summary>The SNS topic; null: it is an event of EventBridge.</summary>
    public string? TopicArn { get; init; }

    /// <summary>The message or the event, as JSON.</summary>
    public required string Message { get; init; }

    /// <summary>The seller whom it is for.</summary>
    public required string SellerAccountId { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the transports have taken it over.</summary>
    public bool IsHandedOver { get; init; }
}
