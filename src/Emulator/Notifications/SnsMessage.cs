using System.Text.Json.Nodes;

namespace Tally.Emulator.Notifications;

/// <summary>
/// What SNS sends to an endpoint or a queue. Source: the SNS developer guide, "Parsing message formats" and "Verifying
/// the signatures of Amazon SNS messages".
/// </summary>
internal sealed record SnsMessage
{
    public const string Notification = "Notification";
    public const string SubscriptionConfirmation = "SubscriptionConfirmation";
    public const string UnsubscribeConfirmation = "UnsubscribeConfirmation";

    public required string Type { get; init; }

    public required string MessageId { get; init; }

    public required string TopicArn { get; init; }

    /// <summary>The subject, 1 to 100 characters; null: none was published, and none is sent.</summary>
    public string? Subject { get; init; }

    public required string Message { get; init; }

    /// <summary>UTC, to the millisecond.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Where a subscription is confirmed; of confirmations only.</summary>
    public Uri? SubscribeUrl { get; init; }

    /// <summary>What the confirmation is made with; of confirmations only.</summary>
    public string? Token { get; init; }

    /// <summary>Where the subscription is ended; of notifications only.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>The message as JSON, signed.</summary>
    public string ToJson(SigningIdentity identity, Uri certificateUrl, string signatureVersion)
    {
        var envelope = new JsonObject { ["Type"] = Type, ["MessageId"] = MessageId };
        if (Token is not null) envelope["Token"] = Token;
        envelope["TopicArn"] = TopicArn;
        if (Subject is not null) envelope["Subject"] = Subject;
        envelope["Message"] = Message;
        if (SubscribeUrl is not null) envelope["SubscribeURL"] = SubscribeUrl.AbsoluteUri;
        envelope["Timestamp"] = TimeText;
        envelope["SignatureVersion"] = signatureVersion;
        envelope["Signature"] = identity.Sign(ToSign(), signatureVersion);
        envelope["SigningCertURL"] = certificateUrl.AbsoluteUri;
        if (UnsubscribeUrl is not null) envelope["UnsubscribeURL"] = UnsubscribeUrl.AbsoluteUri;
        return envelope.ToJsonString(new() { WriteIndented = true });
    }

    private string TimeText => Timestamp.UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Names and values in the order of the names, each on a line of its own.</summary>
    private string ToSign()
    {
        (string Name, string? Value)[] parts =
        [
            ("Message", Message),
            ("MessageId", MessageId),
            ("Subject", Subject),
            ("SubscribeURL", SubscribeUrl?.AbsoluteUri),
            ("Timestamp", TimeText),
            ("Token", Token),
            ("TopicArn", TopicArn),
            ("Type", Type),
        ];
        return string.Concat(
            parts.Where(part => part.Value is not null).Select(part => $"{part.Name}\n{part.Value}\n"));
    }
}
