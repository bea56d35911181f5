namespace Tally.Emulator.Notifications;

/// <summary>Who is to be told of what. Exactly one of <see cref="Url"/> and <see cref="Queue"/> is given.</summary>
internal sealed record NotificationRequest
{
    /// <summary>The seller; null: the default account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The product whose topic is meant; null: the events of EventBridge, of all products.</summary>
    public string? ProductCode { get; init; }

    /// <summary><c>subscription</c>, the default, or <c>entitlement</c>.</summary>
    public string? Topic { get; init; }

    public Uri? Url { get; init; }

    public string? Queue { get; init; }

    public bool IsRaw { get; init; }

    /// <summary><c>1</c>, the default, or <c>2</c>.</summary>
    public string? SignatureVersion { get; init; }

    public IEnumerable<string> Mistakes()
    {
        if (Url is null == Queue is null) yield return "Exactly one of url and queue must be given.";
        if (Url is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            yield return $"url '{url}' must be an http or https address.";
        if (Topic is not (null or "subscription" or "entitlement"))
            yield return $"topic '{Topic}' must be subscription or entitlement.";
        if (SignatureVersion is not (null or "1" or "2"))
            yield return $"signatureVersion '{SignatureVersion}' must be 1 or 2.";
    }
}
