namespace Tally.Contracts.Tenants;

/// <summary>What an API key may do.</summary>
public static class ApiScopes
{
    /// <summary>Post usage events.</summary>
    public const string Ingest = "ingest";

    /// <summary>Read products, customers, usage and reconciliation of its tenant.</summary>
    public const string Read = "read";

    /// <summary>Change products, customers and keys of its tenant.</summary>
    public const string Admin = "admin";

    /// <summary>Create tenants and make keys for them.</summary>
    public const string Platform = "platform";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Ingest, Read, Admin, Platform];
}
