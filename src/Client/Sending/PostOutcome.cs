namespace Tally.Client.Sending;

/// <summary>What came of a request with events.</summary>
internal abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    /// <summary>The platform says what became of each event.</summary>
    /// <param name="Answer">What it says.</param>
    internal sealed record Answered(EventsAnswer Answer) : PostOutcome;

    /// <summary>Nobody knows what became of the events; to send them again is harmless, and needed.</summary>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Delay">For how long the platform asked to wait; zero when it did not.</param>
    internal sealed record Again(string Reason, TimeSpan Delay) : PostOutcome;

    /// <summary>The request is too large: its halves may not be.</summary>
    /// <param name="Problem">What is said of an event that is too large alone.</param>
    internal sealed record TooLarge(Refused Problem) : PostOutcome;

    /// <summary>One of the products can't be used: the others may be, each alone.</summary>
    /// <param name="Problem">What holds when there is only one product.</param>
    internal sealed record OfOneProduct(PostOutcome Problem) : PostOutcome;

    /// <summary>The request is refused, and would be again.</summary>
    /// <param name="Code">Why, for programs.</param>
    /// <param name="Message">Why, for people.</param>
    internal sealed record Refused(string Code, string Message) : PostOutcome;
}
