using CsCheck;
using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Allocations;

/// <summary>How records are allocated to tag sets over a customer's life.</summary>
public sealed class AllocatedRecordsTests
{
    private static readonly ProductDefinition Tagged = Product with { AllocationTags = ["team"] };
    private static readonly CountingRules TaggedRules = Rules with { Product = Tagged };
    private static readonly string[] Teams = ["", "team\0a\0", "team\0b\0", "team\0c\0", "team\0f\u00fcnf\0"];

    private static readonly Gen<(int Team, long Micros)[][]> AnyHours = Gen.Select(
        Gen.Frequency((2, Gen.Int[0, 3]), (1, Gen.Int[0, 4])),
        Gen.Frequency((3, Gen.Long[0, 1_400_000]), (1, Gen.Long[0, 4].Select(units => units * 1_000_000)))
        ).Array[0, 8].Array[1, 60];

    [Fact]
    public void Seal_AnyHoursOfADimensionThatRoundsDown_GivesEachTeamWhatItUsed() => AnyHours.Sample(hours =>
    {
        var given = new Dictionary<string, long>();
        var used = new Dictionary<string, long>();
        foreach (var (view, events) in Live(hours, Sum))
        {
            foreach (var (team, micros) in events)
            {
                var text = team == 4 ? "" : Teams[team];
                used[text] = used.GetValueOrDefault(text) + micros;
            }

            foreach (var part in PartsOf(view))
            {
                Assert.True(part.Quantity > 0);
                given[part.Tags.Text] = given.GetValueOrDefault(part.Tags.Text) + part.Quantity;
            }

            // Never a unit ahead of its usage; behind by what the others may be ahead, and the carry.
            foreach (var text in used.Keys.Union(given.Keys))
            {
                var owed = used.GetValueOrDefault(text) - (given.GetValueOrDefault(text) * Quantity.MicrosPerUnit);
                Assert.InRange(owed, -999_999, 4_000_000);
            }
        }
    });

    [Theory]
    [InlineData(SumUp)]
    [InlineData(SumNearest)]
    public void Seal_TeamsOfEqualUsageInADimensionThatRounds_GetEqualParts(int ordinal)
    {
        var given = new Dictionary<string, int>();
        foreach (var (view, _) in Live(Enumerable.Repeat(new[] { (1, 400_000L), (2, 400_000L) }, 50), ordinal))
        {
            foreach (var part in PartsOf(view))
            {
                given[part.Tags.Text] = given.GetValueOrDefault(part.Tags.Text) + part.Quantity;
            }
        }

        Assert.Equal(new() { [Teams[1]] = 25, [Teams[2]] = 25 }, given);
    }

    [Fact]
    public void Seal_AnyHoursOfDimensionsThatRound_KeepsPartsExact() =>
        Gen.Select(AnyHours, Gen.OneOf(SumUp, SumNearest, Count)).Sample((hours, ordinal) =>
        {
            foreach (var (view, _) in Live(hours, ordinal))
            {
                PartsOf(view);
            }
        });

    [Fact]
    public void Seal_EventsInAnotherOrderSentAgainAndRestored_GivesTheSameRecords() =>
        Gen.Select(AnyHours, Gen.Int).Sample((hours, seed) =>
        {
            var expected = Live(hours, Sum).Select(hour => hour.View).ToList();
            var actual = Live(hours, Sum, seed).Select(hour => hour.View).ToList();
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void Seal_RefusedTagValue_IsUntaggedAndNoted()
    {
        var view = Live([[(1, 2_000_000), (4, 1_500_000)]], Sum).Single().View!;
        Assert.Equal([(Teams[0], 1), (Teams[1], 2)], PartsOf(view).Select(part => (part.Tags.Text, part.Quantity)));
        Assert.Equal(new(1_500_000), view.Notes.MergedTags);
    }

    [Theory]
    [InlineData(Max)]
    [InlineData(Last)]
    [InlineData(Unique)]
    public void Seal_DimensionThatIsNoSum_HasNoAllocations(int ordinal) =>
        Assert.Null(Live([[(1, 2_000_000), (2, 3_000_000)]], ordinal).Single().View!.Record.Allocations);

    [Fact]
    public void Seal_OnlyUntaggedUsage_HasNoAllocations() =>
        Assert.Null(Live([[(0, 2_000_000)]], Sum).Single().View!.Record.Allocations);

    [Fact]
    public void Seal_AfterTheTagsChanged_KeepsWhatIsLeftOfThem()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var both = Tagged with { AllocationTags = ["team", "env"] };
        ledger.Post(
            Rules with { Product = both },
            Noon,
            new TestEvent(1, Noon, 2_000_000) { Tags = "env\0live\0team\0a\0" },
            new TestEvent(2, Noon, 3_000_000) { Tags = "env\0test\0team\0a\0" },
            new TestEvent(3, Noon, 4_000_000) { Tags = "env\0test\0" });
        var restored = ledger.Restored();
        ledger.Seal(HourOf(Noon), Tagged, Buyer, Noon.AddHours(1));
        restored.Seal(HourOf(Noon), Product, Buyer, Noon.AddHours(1));

        Assert.Equal(
            [new(TagSet.Untagged, 4), new(TagSet.Of(new UsageTag("team", "a")), 5)],
            ledger.Records().Single().Record.Allocations!.Parts);
        Assert.Null(restored.Records().Single().Record.Allocations);
    }

    [Fact]
    public void Seal_MoreTagSetsThanARecordHasRoomFor_MergesTheLastOnes()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var events = Enumerable.Range(0, 2_600)
            .Select(number => new TestEvent(number, Noon) { Tags = $"team\0{number:D4}\0" });
        ledger.Post(TaggedRules, Noon, [.. events]);
        ledger.Seal(HourOf(Noon), Tagged, Buyer, Noon.AddHours(1));
        var view = ledger.Records().Single();

        Assert.Equal(2_500, PartsOf(view).Count);
        Assert.Equal(new(TagSet.Untagged, 101), view.Record.Allocations!.Parts[0]);
        Assert.Equal("2498", view.Record.Allocations.Parts[^1].Tags.Tags().Single().Value);
        Assert.Equal(Quantity.OfUnits(101), view.Notes.MergedTags);
    }

    [Fact]
    public void Seal_TagSetsOfEarlierHoursThatAreStillOwed_GiveWayToThoseOfTheHour()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var later = Noon.AddHours(1);
        ledger.Post(TaggedRules, Noon, [.. Enumerable.Range(0, 2_499)
            .Select(number => new TestEvent(number, Noon, 1_500_000) { Tags = $"team\0a{number:D4}\0" })]);
        ledger.Seal(HourOf(Noon), Tagged, Buyer, later);
        ledger.Post(
            TaggedRules, later, new TestEvent(9_999, later, 2_000_000) { Tags = "team\0z\0" });
        ledger.Seal(HourOf(later), Tagged, Buyer, later.AddHours(1));
        var second = ledger.Records()[1];

        Assert.Contains(new(TagSet.Of(new UsageTag("team", "z")), 2), PartsOf(second));
        Assert.Equal(Quantity.Zero, second.Notes.MergedTags);
        var stored = System.Text.Encoding.Latin1.GetString(ledger.ToSnapshot());
        Assert.Equal((2, 1), (Occurrences("team\0a2497\0"), Occurrences("team\0a2498\0")));
        Assert.Equal(ledger.ToSnapshot(), ledger.Restored().ToSnapshot());

        // One of each is in the first record.
        int Occurrences(string set) => stored.Split(set).Length - 1;
    }

    [Theory]
    [InlineData(Sum)]
    [InlineData(SumUp)]
    [InlineData(SumNearest)]
    public void SealEarly_UsageThatMakesNoRecord_IsAllocatedLaterAlsoAfterASnapshot(int ordinal)
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        ledger.Post(TaggedRules, Noon, new TestEvent(1, Noon, 400_000, ordinal) { Tags = Teams[1] });
        ledger.SealEarly(Tagged, Buyer, Noon.AddMinutes(10));
        Assert.Empty(ledger.Records());
        var restored = ledger.Restored();
        var later = Noon.AddHours(1);
        foreach (var one in (CustomerLedger[])[ledger, restored])
        {
            one.Post(
                TaggedRules,
                later,
                new TestEvent(2, later, 350_000, ordinal) { Tags = Teams[2] },
                new TestEvent(3, later, 350_000, ordinal));
            one.SealEarly(Tagged, Buyer, later.AddMinutes(10));
        }

        Assert.Equal(ledger.ToSnapshot(), restored.ToSnapshot());
        Assert.Contains(new(TagSet.Of(new UsageTag("team", "a")), 1), PartsOf(ledger.Records().Single()));
    }

    [Fact]
    public void Seal_ManyPartsInFinalRecords_ShowsThoseOfTheLastOnes()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        for (var hour = 0; hour < 5; hour++)
        {
            var time = Noon.AddHours(hour);
            ledger.Post(TaggedRules, time, [.. Enumerable.Range(0, 2_000)
                .Select(number => new TestEvent((hour * 2_000) + number, time) { Tags = $"team\0{number:D4}\0" })]);
            ledger.Seal(HourOf(time), Tagged, Buyer, time.AddHours(1));
            if (hour != 1)
            {
                ledger.Settle(KeyOf(Sum, time).To(RecordState.Delivered));
            }
        }

        ledger.Seal(HourOf(Noon.AddHours(5)), Tagged, Buyer, Noon.AddHours(6));

        // The first and the third are over; the second is still to be sent.
        Assert.Equal(
            [false, true, false, true, true], ledger.Records().Select(view => view.Record.Allocations is not null));
    }

    [Fact]
    public void Correct_AllocatedRecord_KeepsItsAllocations()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        ledger.Post(TaggedRules, Noon, new TestEvent(1, Noon, 2_000_000) { Tags = "team\0a\0" });
        ledger.Seal(HourOf(Noon), Tagged, Buyer, Noon.AddHours(1));
        ledger.Settle(KeyOf(Sum, Noon).To(RecordState.Quarantined, "InvalidUsageDimensionException"));
        var amendment = new RecordAmendment(KeyOf(Sum, Noon), RecordAct.Correct, "ops", "why", new("count", null));
        Assert.Equal(AmendStatus.Done, ledger.Amend(amendment, TaggedRules, Noon.AddHours(1)).Status);

        var record = ledger.Restored().Records().Single().Record;
        Assert.Equal("count", record.Dimension);
        Assert.Equal([new(TagSet.Of(new UsageTag("team", "a")), 2)], record.Allocations!.Parts);
    }

    /// <summary>
    /// Lives through hours; shows each one's record, if any, and its usage. With a seed the events come in another
    /// order, twice, and the ledger through snapshots.
    /// </summary>
    private static IEnumerable<(RecordView? View, (int Team, long Micros)[] Events)> Live(
        IEnumerable<(int Team, long Micros)[]> hours, int ordinal, int? seed = null)
    {
        var random = seed is { } given ? new Random(given) : null;
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var id = 0;
        foreach (var (index, usage) in hours.Index())
        {
            var time = Noon.AddHours(index);
            var events = usage
                .Select(one => new TestEvent(id++, time, one.Micros, ordinal, id) { Tags = Teams[one.Team] }).ToArray();
            if (random is not null)
            {
                events = [.. events, .. events];
                random.Shuffle(events);
                ledger = ledger.Restored();
            }

            ledger.Post(TaggedRules, time, events);
            ledger.Seal(HourOf(time), Tagged, Buyer, time.AddHours(1));
            ledger.Settle(KeyOf(ordinal, time).To(RecordState.Delivered));
            yield return (ledger.Records().FirstOrDefault(view => view.Record.Key == KeyOf(ordinal, time)), usage);
        }
    }

    private static IReadOnlyList<TagAllocation> PartsOf(RecordView? view)
    {
        if (view?.Record.Allocations is not { } allocations)
        {
            return view is null ? [] : [new(TagSet.Untagged, view.Record.Quantity)];
        }

        Assert.Equal(view.Record.Quantity, allocations.Parts.Sum(part => (long)part.Quantity));
        Assert.Equal(allocations.Parts.Count, allocations.Parts.DistinctBy(part => part.Tags).Count());
        Assert.All(allocations.Parts, part => Assert.True(part.Quantity > 0));
        return allocations.Parts;
    }
}
