using Microsoft.Extensions.Logging;
using Tally.Client.Hosting;
using Tally.Client.Tracking;

namespace Tally.Client.Sending;

/// <summary>Counts what became of events, and tells whoever wants to know of those that are not counted.</summary>
/// <param name="instruments">Where it is counted.</param>
/// <param name="reject">Who is told of events that are not counted.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Outcomes(
    ClientInstruments instruments, Action<UsageRejectedEventArgs> reject, ILogger logger)
{
    private const string NotAnswered =
        "The client was disposed of before there was an answer; the event may have been counted.";

    /// <summary>What is measured.</summary>
    public ClientInstruments Instruments { get; } = instruments;

    /// <summary>The platform says what became of each.</summary>
    /// <param name="events">The events.</param>
    /// <param name="answer">What it says.</param>
    public void Book(IReadOnlyList<Tracked> events, EventsAnswer answer)
    {
        Instruments.Events(EventOutcome.Accepted, answer.Accepted);
        Instruments.Events(EventOutcome.Duplicate, answer.Duplicates);
        if (answer.Rejected is [var first, ..])
        {
            Log.Rejected(logger, answer.Rejected.Count, events[first.Index].Usage.Id, first.Code, first.Message);
            Instruments.Events(EventOutcome.Rejected, answer.Rejected.Count);
        }

        foreach (var rejected in answer.Rejected)
        {
            Tell(new(events[rejected.Index].Usage, rejected.Code, rejected.Message));
        }
    }

    /// <summary>The platform refuses all of them.</summary>
    /// <param name="events">The events.</param>
    /// <param name="refused">Why.</param>
    public void Refuse(IReadOnlyList<Tracked> events, PostOutcome.Refused refused)
    {
        Log.Refused(logger, events.Count, refused.Message);
        Instruments.Events(EventOutcome.Rejected, events.Count);
        TellAll(events, refused.Code, refused.Message);
    }

    /// <summary>There is no time left to send them.</summary>
    /// <param name="events">The events.</param>
    public void Abandon(IReadOnlyList<Tracked> events)
    {
        if (events.Count > 0)
        {
            Log.Abandoned(logger, events.Count);
            Instruments.Events(EventOutcome.Abandoned, events.Count);
            TellAll(events, UsageRejectedEventArgs.Abandoned, NotAnswered);
        }
    }

    /// <summary>There was no room for an event.</summary>
    /// <param name="isFirst">Whether the one before found room.</param>
    public void Drop(bool isFirst)
    {
        if (isFirst)
        {
            Log.Dropped(logger);
        }

        Instruments.Events(EventOutcome.Dropped, 1);
    }

    private void TellAll(IReadOnlyList<Tracked> events, string code, string message)
    {
        foreach (var tracked in events)
        {
            Tell(new(tracked.Usage, code, message));
        }
    }

    private void Tell(UsageRejectedEventArgs rejected)
    {
        try
        {
            reject(rejected);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(logger, exception, rejected.Usage.Id);
        }
    }
}
