using CsCheck;
using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Delivery;

public sealed class RecordTokenTests
{
    private static readonly ProductKey Product = new("acme", "agent-1");
    private static readonly PendingRecord Record = new(
        "self", new(new(0, 3_600), new("self", null, null), "cpu", 7_199, 5), DateTimeOffset.UnixEpoch);

    [Fact]
    public void Of_ARecord_IsPinnedForEver()
    {
        // Another token for a record that AWS may have already would be another request.
        var token = RecordToken.Of("installation", Product, Record);
        Assert.Equal("0qkds3pDZq7kGRUqEYXe7c-b4z3VIwtvSb21Xx8wIww", token);
        Assert.Equal(RecordToken.Length, token.Length);
    }

    [Fact]
    public void Of_WhatIsNotSent_MakesNoDifference() => Assert.Equal(
        RecordToken.Of("installation", Product, Record),
        RecordToken.Of("installation", Product, Record with
        {
            Deadline = DateTimeOffset.MaxValue,
            Record = Record.Record with { Identity = new(null, "123456789012", null) },
        }));

    [Fact]
    public void Of_Allocations_AreAPartOfTheCall()
    {
        // Two teams, and what they would read if their parts were put together carelessly.
        RecordAllocations?[] calls =
        [
            null, Of(("a", 2), ("b", 3)), Of(("a", 3), ("b", 2)), Of(("a", 2), ("c", 3)), Of(("a", 5)), Of(("a5", 5)),
        ];
        var tokens = calls.Select(allocations => RecordToken.Of(
            "installation", Product, Record with { Record = Record.Record with { Allocations = allocations } }));
        Assert.Equal(calls.Length, tokens.Distinct().Count());

        static RecordAllocations Of(params (string Team, int Quantity)[] parts) => new(
            [.. parts.Select(part => new TagAllocation(TagSet.Of(new UsageTag("team", part.Team)), part.Quantity))]);
    }

    [Fact]
    public void Of_AnyTwoCalls_AreEqualExactlyWhenTheCallsAre()
    {
        // Few and short texts, so that many are equal, and many joined are.
        var text = Gen.Int[0, 5].Select(index => ((string[])["", "1", "2", "11", "1:", ":1"])[index]);
        var call = Gen.Select(text, text, text, text, Gen.Long[0, 2], Gen.Int[0, 2]);
        Gen.Select(call, call).Sample(
            (one, other) => Assert.Equal(one == other, Token(one) == Token(other)), iter: 20_000);

        static string Token((string, string, string, string, long, int) parts) => RecordToken.Of(
            parts.Item1,
            new(parts.Item2, parts.Item3),
            Record with
            {
                Record = new UsageRecord(
                    Record.Record.Key, Record.Record.Identity, parts.Item4, parts.Item5, parts.Item6),
            });
    }
}
