namespace Tally.Emulator.Deployments;

/// <summary>What a <c>ClientToken</c> was used for.</summary>
/// <param name="Request">The request, as <see cref="RequestFingerprint"/> has it.</param>
/// <param name="MeteringRecordId">What it was answered with.</param>
/// <param name="UsedAt">When that was.</param>
internal sealed record TokenUse(string Request, string MeteringRecordId, DateTimeOffset UsedAt);
