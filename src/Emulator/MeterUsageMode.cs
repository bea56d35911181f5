using System.Text.Json.Serialization;

namespace Tally.Emulator;

/// <summary>How <c>MeterUsage</c> counts the usage of a product.</summary>
public enum MeterUsageMode
{
    /// <summary>One record an hour for each dimension and resource, as for EC2, ECS and EKS.</summary>
    [JsonStringEnumMemberName("hourly")]
    Hourly,

    /// <summary>
    /// Any number of records, each with a <c>ClientToken</c> of its own, which add up, as for AgentCore Runtime.
    /// </summary>
    [JsonStringEnumMemberName("agentCore")]
    AgentCore,
}
