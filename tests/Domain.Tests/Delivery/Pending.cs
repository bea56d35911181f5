using CsCheck;
using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Time;

namespace Tally.Domain.Tests.Delivery;

/// <summary>Records that wait to be sent.</summary>
internal static class Pending
{
    private static readonly Gen<string> NastyText = Gen.OneOf(
        Gen.Char.AlphaNumeric.Array[1, 40],
        Gen.Char['\0', '\u001f'].Array[1, 255],
        Gen.OneOf('"', '\\', '<', '\u00e9', '\u4e2d', '\u2028', '\ud83d', '\ude00').Array[1, 255],
        Gen.Char.Array[1, 255]).Select(letters => new string(letters));

    private static readonly Gen<CustomerIdentity> Identity = Gen.OneOf(
        NastyText.Select(text => new CustomerIdentity(text, null, null)),
        Gen.Select(NastyText, NastyText, NastyText.Array[1, 4], (id, account, licence) =>
            new CustomerIdentity(id, account, string.Concat(licence))));

    private static readonly Gen<RecordAllocations?> Allocations = Gen.Frequency(
        (3, Gen.Const(default(RecordAllocations))),
        (1, Gen.Char["+ -=._:/@0aZ"].Array[1, 256].Array[1, 12].Select(values => (RecordAllocations?)new(
        [
            .. values.Select(value => new TagAllocation(TagSet.Of(new UsageTag("team", new(value))), int.MaxValue)),
        ]))));

    /// <summary>Records with texts of every kind; several have the same deadline or customer, none is twice.</summary>
    public static Gen<PendingRecord[]> Records { get; } = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Identity, NastyText, Make)
        .SelectMany(record => Allocations.Select(allocations =>
            record with { Record = record.Record with { Allocations = allocations } }))
        .Array[0, 120]
        .Select(records => records.DistinctBy(record => (record.Customer, record.Record.Key)).ToArray());

    /// <summary>Makes a record like any other.</summary>
    public static PendingRecord Of(int number) =>
        Make(number, 0, 0, number, new($"customer-{number}", null, null), "api_calls");

    private static PendingRecord Make(
        int customer, int ordinal, int hour, int deadline, CustomerIdentity identity, string dimension)
    {
        var start = Times.At("2026-05-01T00:00:00Z").AddHours(hour).ToUnixTimeSeconds();
        var record = new UsageRecord(new(ordinal, start), identity, dimension, start + 3_599, int.MaxValue);
        return new($"customer-{customer}", record, Times.At("2026-05-02T00:00:00Z").AddHours(deadline));
    }
}
