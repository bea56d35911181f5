using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Moves;
using Tally.Contracts.Registration;
using Tally.Contracts.Tenants;
using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Entitlement;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Domain.Tenancy;
using Tally.Domain.Time;

namespace Tally.Contracts.Tests;

/// <summary>Messages with ordinary values, with extreme ones, and with as little in them as possible.</summary>
internal static class MessageSamples
{
    /// <summary>Text that a careless encoding breaks: quotes, a line's end, a zero, a pair of surrogates.</summary>
    public const string HardText = "Zoë \"&\" 東京\r\n\0\u2028 𝄞 <b>";

    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly DateTimeOffset Moment = new(2026, 3, 1, 12, 59, 59, 999, TimeSpan.Zero);
    private static readonly CustomerIdentity Identity = new(HardText, "123456789012", "arn:aws:license-manager::1:l-1");
    private static readonly CustomerIdentity Nobody = new(null, null, null);
    private static readonly RecordKey Key = new(int.MaxValue, long.MaxValue);
    private static readonly UsageRecord Record = new(Key, Identity, HardText, Moment.ToUnixTimeSeconds(), int.MaxValue);
    private static readonly RecordAllocations Allocations = new(
    [
        new(TagSet.Untagged, 1),
        new(TagSet.Of(new("a", HardText.Replace("\0", "")), new("b", "")), int.MaxValue),
    ]);

    private static readonly UsageRecord EmptyRecord = new(default, Nobody, "", FirstSecond, 0);
    private static readonly Settlement Settled = new(Key, RecordState.Delivered, HardText, HardText, Moment);
    private static readonly Settlement Unsettled =
        new(default, RecordState.Waiting, null, null, DateTimeOffset.MinValue);

    /// <summary>Every kind of message and every Domain value that actors exchange.</summary>
    public static IReadOnlyList<object> All { get; } =
    [
        .. Customers(), .. Deliveries(), .. Entitlements(), .. Tenants(), .. Registrations(), .. Moves(),
        .. Catalogue(),
        .. Quantities().Select(quantity => (object)quantity),
        Record, Record with { Allocations = Allocations }, EmptyRecord, Settled, Unsettled, Key, Identity, Nobody,
    ];

    /// <summary>Quantities up to the bounds of their type.</summary>
    public static IEnumerable<Quantity> Quantities() =>
    [
        Quantity.Zero,
        new(1),
        new(-1),
        Quantity.OfUnits(Quantity.EventUnitsMax),
        new((Int128)long.MaxValue + 1),
        new(Int128.MaxValue),
        new(Int128.MinValue),
    ];

    private static IEnumerable<object> Entitlements()
    {
        yield return new EntitlementStatus(EntitlementVerdict.NotEntitled, HardText, HardText, Moment);
        yield return new EntitlementStatus(EntitlementVerdict.Unknown, null, null, DateTimeOffset.MinValue);
    }

    private static IEnumerable<object> Customers()
    {
        yield return new UsageBatch(int.MaxValue, 3, new byte[] { 0, 127, 255 });
        yield return new UsageBatch(0, 0, ReadOnlyMemory<byte>.Empty);
        yield return new UsageBatch(1, 1, new byte[] { 1, 2, 3, 4, 5 }.AsMemory(1, 3));
        yield return new PostReply(new byte[] { 0, 1, 6 });
        yield return PostReply.AllCounted;
        yield return new SealReply([Record, EmptyRecord], [Record], IsIdle: true, IsRefused: true, Moment, Moment);
        yield return new SealReply([], [], IsIdle: false, IsRefused: false, null, null);
        yield return new CustomerProfile(HardText, Identity);
        yield return new CustomerProfile(null, Nobody);
        foreach (var quantity in Quantities())
        {
            yield return new OpenAccumulator(HardText, Moment, quantity, long.MaxValue, quantity);
        }

        yield return new DimensionBalance(HardText, BalanceOf(new((Int128)ulong.MaxValue * 1_000_000)));
        yield return new DimensionBalance("", default) { Remainders = [new(1, 3), new(5, long.MaxValue)] };
        yield return new DimensionBalance("", default);
        yield return new CustomerUsage(
            [new(HardText, Moment, new(5), 1)],
            [new(Record, RecordState.Expired, Settled), new(EmptyRecord, RecordState.Parked, null)],
            [new("calls", BalanceOf(new(7)))],
            AcceptanceRules.Aws2026);
        yield return new CustomerUsage([], [], [], AcceptanceRules.Aws2020);
        yield return new AmendReply(AmendStatus.Done, new(Record, RecordState.WrittenOff, Settled));
        yield return new AmendReply(AmendStatus.Collision, null);
        yield return new RecordAmendment(Key, RecordAct.Correct, HardText, HardText, new(HardText, Identity));
        yield return new RecordAmendment(default, RecordAct.Release, "", "", null);
        yield return new RecordCorrection(null, null);
        yield return new SubscriptionNotice(SubscriptionWord.Unsubscribed, Moment);
        yield return new Subscription(new(SubscriptionWord.UnsubscribePending, Moment), Moment);
        yield return Subscription.Unknown;
        yield return new RecordView(EmptyRecord, RecordState.Waiting, null);
        yield return new RecordView(Record, RecordState.Waiting, null)
        {
            Notes = new(new(12_345)) { MergedTags = new(9) },
        };
    }

    private static IEnumerable<object> Deliveries()
    {
        yield return new DeliveryStatus(
            int.MaxValue, 1, 2, 3, long.MaxValue, 4, 5, Moment.ToOffset(TimeSpan.FromHours(-7)), Moment, HardText,
            new(HardText, HardText, HardText, Moment, Moment));
        yield return new ThrottleTurn(long.MaxValue, TimeSpan.Zero);
        yield return new ThrottleTurn(null, TimeSpan.MaxValue);
        yield return new CallReport(long.MaxValue, byte.MaxValue, TimeSpan.MaxValue, 0.5);
        yield return new CallReport(0, null, null, 0);
        yield return new DeliveryStatus(0, 0, 0, 0, 0, 0, 0, null, DateTimeOffset.MaxValue, null, null);
        yield return new Suspension("", "", null, Moment, Moment);
    }

    private static IEnumerable<object> Tenants()
    {
        var key = new ApiKeyInfo("id", HardText, ApiScopes.All, Moment);
        yield return key;
        yield return new ApiKeyInfo("", "", [], DateTimeOffset.MinValue);
        yield return new CreatedApiKey(key, HardText);
        yield return new ApiKeyIdentity("default", "id", new List<string> { ApiScopes.Read, HardText });
        yield return new ApiKeyIdentity("", "", []);
        yield return new TenantInfo("default", HardText, new[] { "one", "two" });
        yield return new TenantInfo("", "", []);
    }

    private static IEnumerable<object> Registrations()
    {
        yield return new AwsAccess();
        yield return new AwsAccess("arn:aws:iam::123456789012:role/r", HardText, "s", "p", "us-east-1", "123456789012");
        var error = new RegistrationError("ExpiredTokenException", HardText);
        yield return error;
        yield return new RegistrationError("", "");
        yield return new ResolveReply("p", HardText, Identity, null);
        yield return new ResolveReply(null, null, null, error);
        yield return new RegisterReply(HardText, Moment, null);
        yield return new RegisterReply(null, null, error);
    }

    private static IEnumerable<object> Moves()
    {
        yield return TenantStanding.Open;
        yield return new TenantStanding(TenantPhase.Moved, Moment, HardText, "id", HardText) { ImportOf = HardText };
        var counts = new ExportCounts(int.MaxValue, long.MaxValue, 3, 4);
        yield return counts;
        var cursor = new ExportCursor("id", ExportStage.Ledger, "check", counts)
        {
            Product = 1,
            Shard = 2,
            Customer = HardText,
            Sequence = long.MaxValue,
        };
        yield return cursor;
        yield return new ExportPart(new byte[] { 1, 2 }, cursor);
        yield return new ExportPart(ReadOnlyMemory<byte>.Empty, null);
        yield return new ImportCursor("id", "acme", long.MaxValue, "check", counts)
        {
            IsClosed = true,
            LedgerProduct = "p",
            LedgerLinesKnown = long.MaxValue,
        };
        yield return new ImportFault(ImportFaultKind.TakenOver, null, HardText);
        yield return new ImportReply(null, new(ImportFaultKind.Invalid, 7, HardText)) { KeysLeftOut = ["id", ""] };
        yield return new ImportStart("session", null);
        yield return new MovedCustomer(
            "p", HardText, int.MaxValue, new byte[] { 1 }, new byte[] { 2 }, new(HardText, Identity),
            new(new(SubscriptionWord.Subscribed, Moment), Moment));
        yield return new MovedCustomer("p", "c", 0, null, null, null, null);
        yield return new MovedTenant(HardText, ["p"], [new(new("id", HardText, ApiScopes.All, Moment), "hash")]);
        yield return new MovedKey(new("", "", [], DateTimeOffset.MinValue), "");
    }

    private static IEnumerable<object> Catalogue()
    {
        var late = new LatePolicy(LatePolicyMode.Refuse, TimeSpan.MaxValue, TimeSpan.Zero, LatePolicyMode.Refuse);
        DimensionDefinition[] dimensions =
        [
            new(0, HardText, Aggregation.UniqueCount, RoundingRule.Nearest, "user", Retired: true),
            new(int.MaxValue, "b", Aggregation.Last, RoundingRule.Ceiling, null, Retired: false, SendZero: true),
        ];
        var definition = new ProductDefinition("code", HardText, int.MaxValue, late, dimensions);
        yield return definition;
        yield return new ProductDefinition("", "", 0, LatePolicy.Default, []);
        yield return new ProductConfig(
            HardText, late, [new(HardText, Aggregation.Max, RoundingRule.Nearest, "tag", SendZero: true)]);
        yield return new ProductConfig(null, null, []);
        yield return definition with { Meters = [new(HardText, "d", 3, long.MaxValue, "a.b"), new("m", "d")] };
        yield return definition with { Channel = DeliveryChannel.MeterUsage };
        yield return new ProductConfig(null, null, []) { Channel = DeliveryChannel.MeterUsage };
        yield return new ProductConfig(null, null, [])
        {
            FlushShards = 256,
            Guard = new(10, int.MaxValue),
            ShadowUntil = DateTimeOffset.MaxValue,
            AllocationTags = ["a", HardText],
            Meters = [new(HardText, "d", 3, long.MaxValue, "a.b"), new("m", "d")],
        };
        yield return new CatalogueDecision(definition, []);
        yield return new CatalogueDecision(null, [new("dimensions.a", "unknown", HardText), new("", "", "")]);
    }

    /// <summary>A different amount in each place, so that none is taken for another.</summary>
    private static Balance BalanceOf(Quantity one) => new(
        one,
        one + new Quantity(1),
        one + new Quantity(2),
        one + new Quantity(3),
        one + new Quantity(4),
        one + new Quantity(5),
        one + new Quantity(6),
        one + new Quantity(7),
        one + new Quantity(8),
        one + new Quantity(9),
        one + new Quantity(10),
        new Quantity(-8) - one);
}
