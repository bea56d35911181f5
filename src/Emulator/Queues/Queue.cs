namespace Tally.Emulator.Queues;

/// <summary>One queue as it was made.</summary>
internal sealed record Queue
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>1 to 80 of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How long a message that was received is hidden from others: 0 to 43200 seconds.</summary>
    public int VisibilityTimeoutSeconds { get; init; } = 30;

    /// <summary>How long a call waits for messages that says nothing of it: 0 to 20 seconds.</summary>
    public int WaitTimeSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Key => $"{AccountId}|{Name}";

    public string Arn => $"arn:aws:sqs:{Region}:{AccountId}:{Name}";
}
