using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;

namespace Tally.Ledger.Tests;

/// <summary>Makes lines.</summary>
internal static class Lines
{
    public const long Hour = 1_795_341_600;

    public static readonly ProductKey Product = new("acme", "p");

    public static readonly LedgerFilter All = new(Product);

    public static LedgerLine Sealed(string customer = "c", int ordinal = 0, long hour = Hour, string tenant = "acme") =>
        new(
            new(new(tenant, "p"), customer),
            new(new(ordinal, hour), new(customer, null, null), $"d{ordinal}", hour + 3_599, 7),
            LedgerKind.Sealed,
            "sealed",
            DateTimeOffset.FromUnixTimeSeconds(hour + 3_900));

    public static LedgerLine Then(this LedgerLine line, LedgerKind kind, string id, string? receipt = null) =>
        line with { Kind = kind, Id = id, At = line.At.AddMicroseconds(1), MeteringRecordId = receipt };
}
