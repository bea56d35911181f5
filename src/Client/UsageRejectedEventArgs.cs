namespace Tally.Client;

/// <summary>A usage event that is not counted, and that the client doesn't send again.</summary>
/// <param name="usage">The event, with the id and the time under which it was sent.</param>
/// <param name="code">Why, for programs.</param>
/// <param name="message">Why, for people.</param>
public sealed class UsageRejectedEventArgs(UsageEvent usage, string code, string message) : EventArgs
{
    /// <summary>
    /// The code of events that were not answered before the client was disposed of. They may have been counted; to
    /// send them again under the same id is harmless.
    /// </summary>
    public const string Abandoned = "abandoned";

    /// <summary>The event, with the id and the time under which it was sent.</summary>
    public UsageEvent Usage { get; } = usage;

    /// <summary>
    /// Why, for programs: the platform's code of the event or, where it refused the whole request, of the request;
    /// <c>http_</c> and the status where an answer had none; or <see cref="Abandoned"/>.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>Why, for people.</summary>
    public string Message { get; } = message;
}
