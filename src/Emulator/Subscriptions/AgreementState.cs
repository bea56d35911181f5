using System.Text.Json.Serialization;

namespace Tally.Emulator.Subscriptions;

/// <summary>Where in its life an agreement is.</summary>
internal enum AgreementState
{
    /// <summary>Usage is accepted.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>The buyer has left; what was used before may still be metered.</summary>
    [JsonStringEnumMemberName("unsubscribe-pending")]
    UnsubscribePending,

    /// <summary>Over; nothing is accepted any more.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>It never came about, as when the buyer's payment fails.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
