using System.Net;

namespace Tally.Emulator;

/// <summary>How one emulator is set up. Everything has a default that suits a test.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The account of a caller that names none.</summary>
    internal const string DefaultAccountId = "000000000000";

    /// <summary>The region of a caller that names none.</summary>
    internal const string DefaultRegion = "us-east-1";

    /// <summary>The TCP port, 0 to 65535. Default: 0, any free one; the endpoint says which.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on: an IP address, or <c>localhost</c>. Default: 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>
    /// The folder of the file <c>emulator.db</c>, made if it is missing. Default: null, state in memory, gone at the
    /// end.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Which timestamps are accepted. Default: <see cref="AcceptanceRules.Aws2026"/>.</summary>
    public AcceptanceRules Rules { get; init; } = AcceptanceRules.Aws2026;

    /// <summary>
    /// Whether calls must be signed by one of <see cref="AccessKeys"/> (Signature Version 4). Default: false, whatever
    /// credential a call carries is believed.
    /// </summary>
    public bool RequireSignature { get; init; }

    /// <summary>
    /// The access keys that calls may be signed with. Default: <c>test</c> with the secret <c>test</c>, of the account
    /// 000000000000.
    /// </summary>
    public IReadOnlyList<AccessKey> AccessKeys { get; init; } =
        [new AccessKey { AccessKeyId = "test", SecretAccessKey = "test" }];

    /// <summary>What AWS leaves open. Default: what is most likely.</summary>
    public OpenPoints OpenPoints { get; init; } = new();

    /// <summary>
    /// The length of the time buckets within which records of one key are the same record: whole seconds, a divisor of
    /// an hour. Default: one hour, as AWS has it. A shorter one is for demonstrations.
    /// </summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Products to declare at the start, by product code. Default: none.</summary>
    public IReadOnlyDictionary<string, ProductDeclaration> Products { get; init; } =
        new Dictionary<string, ProductDeclaration>(StringComparer.Ordinal);

    /// <summary>What goes wrong on purpose from the start, and again after a reset. Default: nothing.</summary>
    public FaultPlan Faults { get; init; } = new();

    internal bool IsLocalhost => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every mistake in these options, each as a sentence; empty when there is none.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (Port is < 0 or > 65535) mistakes.Add($"The port is {Port}; it must be 0 to 65535.");
        if (!IsLocalhost && !IPAddress.TryParse(Host, out _))
            mistakes.Add($"The host '{Host}' is neither an IP address nor localhost.");
        if (Period < TimeSpan.FromSeconds(1) || Period.Ticks % TimeSpan.TicksPerSecond != 0
            || TimeSpan.TicksPerHour % Period.Ticks != 0)
        {
            mistakes.Add($"The period is {Period}; it must be whole seconds and divide an hour evenly.");
        }

        mistakes.AddRange(OpenPoints.Mistakes());
        mistakes.AddRange(Faults.Mistakes());
        mistakes.AddRange(AccessKeys.SelectMany(key => key.Mistakes()));
        if (AccessKeys.CountBy(key => key.AccessKeyId).FirstOrDefault(id => id.Value > 1) is { Key: { } twice })
            mistakes.Add($"The access key '{twice}' is given more than once.");
        foreach (var (code, declaration) in Products)
            mistakes.AddRange(declaration.Mistakes(code));
        return mistakes;
    }
}
