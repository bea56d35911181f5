namespace Tally.Domain.Delivery.Throttling;

/// <summary>What the account knows about one of its products.</summary>
/// <param name="sequence">Decides between products that are equal otherwise.</param>
internal sealed class ProductThrottle(long sequence)
{
    public long Sequence { get; } = sequence;

    /// <summary>When it was last let out, counted in calls of the account.</summary>
    public long LastTurn { get; private set; }

    public bool IsAsking { get; private set; }

    /// <summary>When it was told to ask again.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset Deadline { get; private set; }

    public int CallsUnderWay { get; set; }

    /// <summary>Failures in a row, one for each epoch: calls that were under way meanwhile tell nothing new.</summary>
    public int Failures { get; private set; }

    public long Epoch { get; private set; }

    public DateTimeOffset NotBefore { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The product's own limit, when it is refused while others are not; otherwise null.</summary>
    public PacedRate? Own { get; set; }

    public DateTimeOffset OwnSince { get; set; }

    public DateTimeOffset ReadyAt => Own is { } own && own.ReadyAt > NotBefore ? own.ReadyAt : NotBefore;

    /// <summary>After repeated failures one call at a time finds out whether they are over.</summary>
    public bool IsProbing => Failures > 1 || Own is { IsProbing: true };

    public void Ask(DateTimeOffset now, DateTimeOffset deadline) => (IsAsking, DueAt, Deadline) = (true, now, deadline);

    public void AskAgain(DateTimeOffset dueAt) => DueAt = dueAt;

    public void Withdraw() => IsAsking = false;

    public void Started(long turn) => (IsAsking, LastTurn, CallsUnderWay) = (false, turn, CallsUnderWay + 1);

    public void Answered(long epoch) => Failures = epoch == Epoch ? 0 : Failures;

    public void Failed(DateTimeOffset now, long epoch, CallEnd end, ThrottleOptions options)
    {
        if (epoch != Epoch)
        {
            return;
        }

        (Epoch, Failures) = (Epoch + 1, Math.Min(Failures + 1, 1_000));
        Pause(now + Backoff.Delay(Failures, options.RetryFirst, options.RetryMost, end.Random));
    }

    public void Pause(DateTimeOffset until) => NotBefore = until > NotBefore ? until : NotBefore;

    /// <summary>Whether it's here, or about to be, rather than gone without a word.</summary>
    public bool IsWaiting(DateTimeOffset now, TimeSpan slack) => IsAsking && now - DueAt <= slack;

    /// <summary>Whether nothing would be lost by forgetting it.</summary>
    public bool IsForgettable(DateTimeOffset now, TimeSpan slack) =>
        !IsWaiting(now, slack) && CallsUnderWay == 0 && Failures == 0 && Own is null && NotBefore <= now;
}
