namespace Tally.Emulator.Subscriptions;

/// <summary>When and why a notice is written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Time">When, by the emulator's clock.</param>
internal sealed record NoticeMoment(Guid Id, DateTimeOffset Time)
{
    /// <summary>Why the agreement came about: <c>NEW</c>, <c>AMEND</c>, <c>RENEW</c>, <c>REPLACE</c>.</summary>
    public string Intent { get; init; } = "NEW";

    /// <summary>How it ended: <c>CANCELLED</c>, <c>EXPIRED</c>, <c>TERMINATED</c>.</summary>
    public string Status { get; init; } = "CANCELLED";
}
