namespace Tally.Emulator.Queues;

/// <summary>A message as somebody receives it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receipt">How often it was received, this time included.</param>
internal sealed record ReceivedMessage(QueueMessage Message, Receipt Receipt)
{
    /// <summary>With this it is deleted. Older handles work too, as SQS lets them.</summary>
    public string Handle => $"{Message.Id}.{Receipt.Count}";

    /// <summary>The message that a handle stands for.</summary>
    public static string IdOf(string handle) => handle.Split('.')[0];
}
