namespace Tally.Emulator.Notifications;

/// <summary>Who wants to be told.</summary>
internal sealed record NotificationSubscription
{
    public required string Id { get; init; }

    /// <summary>The seller whose notices they are.</summary>
    public required string AccountId { get; init; }

    /// <summary>The SNS topic; null: the events of EventBridge.</summary>
    public string? TopicArn { get; init; }

    /// <summary>An http or https address; null when it is a queue.</summary>
    public Uri? Url { get; init; }

    /// <summary>The name of a queue of the account; null when it is an address.</summary>
    public string? Queue { get; init; }

    /// <summary>Whether the message comes without SNS's envelope.</summary>
    public bool IsRaw { get; init; }

    /// <summary><c>1</c> or <c>2</c>.</summary>
    public string SignatureVersion { get; init => field = value ?? field; } = "1";

    /// <summary>With this an address confirms that it wants the messages.</summary>
    public required string Token { get; init; }

    /// <summary>Addresses are told nothing before they have confirmed; queues and events need not.</summary>
    public bool IsConfirmed { get; init; }

    public string Arn => $"{TopicArn}:{Id}";
}
