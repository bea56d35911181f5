using System.Security.Cryptography;
using System.Text;

namespace Tally.Emulator.Catalogue;

/// <summary>One product of a seller as it is declared at the moment; a declaration makes a new one.</summary>
internal sealed record Product
{
    public static readonly IReadOnlyList<string> PlatformsKnown = ["ecs", "eks", "fargate"];

    public required string AccountId { get; init; }

    public required string Code { get; init; }

    public IReadOnlyList<string> Dimensions { get; init => field = value ?? []; } = [];

    public bool OpenToAll { get; init; }

    /// <summary>The regions in which its API is enabled; null: in all.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>
    /// Whether customers are named by account and licence alone, as for products that came since June 2026.
    /// </summary>
    public bool HasConcurrentAgreements { get; init; }

    /// <summary>How <c>MeterUsage</c> counts its usage.</summary>
    public MeterUsageMode MeterUsage { get; init; }

    /// <summary>Where its containers may run; empty: it has none; null: on every known platform.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    /// <summary>What buyers read; null: the code.</summary>
    public string? Title { get; init; }

    /// <summary>Where the seller lets new customers register; null: nowhere.</summary>
    public Uri? RegistrationUrl { get; init; }

    /// <summary>The entity id, as in <c>prod-0a1b2c3d4e5f6</c>; always the same for the same product.</summary>
    public string Id => $"prod-{Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{AccountId}|{Code}")).AsSpan(0, 7))[..13]}";

    public bool IsEnabledIn(string region) => Regions?.Contains(region, StringComparer.Ordinal) is not false;

    /// <summary>A caller that doesn't say where it runs is believed to run where it may.</summary>
    public bool RunsOn(string? platform) =>
        platform is null || (Platforms ?? PlatformsKnown).Contains(platform, StringComparer.OrdinalIgnoreCase);

    public bool HasDimension(string name) => Dimensions.Contains(name, StringComparer.Ordinal);
}
