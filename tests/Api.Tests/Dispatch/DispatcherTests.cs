using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Tally.Api.Dispatch;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Dispatch;

public sealed class DispatcherTests(ApiStage stage)
{
    [Fact]
    public async Task Post_ManyConcurrentRequests_EveryEventIsAnsweredOnceWithItsOwnStatus()
    {
        await using var api = await stage.Open(options =>
        {
            options.ConcurrentCallsMax = 7;
            options.EventsPerCallMax = 5;
            options.IdleLanesMax = 10;
        });
        var seller = await stage.NewSeller(api);
        var random = new Random(11);
        var requests = Enumerable.Range(0, 200)
            .Select(request => Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => (Id: random.Next(600), Quantity: random.Next(3)))
                .ToArray())
            .ToArray();
        var answers = await Task.WhenAll(requests.Select(async events => (
            Events: events,
            Json: (await seller.PostEvents([
                .. events.Select(one => Seller.Event(
                    $"id-{one.Id}", $"c-{one.Id % 30}", one.Quantity == 0 ? "-1" : $"{one.Quantity}")),
            ])).Json)));

        foreach (var (events, json) in answers)
        {
            var rejected = json.GetProperty("rejected").EnumerateArray().ToList();
            Assert.Equal(
                events.Length,
                json.GetProperty("accepted").GetInt32() + json.GetProperty("duplicates").GetInt32() + rejected.Count);
            Assert.All(rejected, one => Assert.Equal(
                events[one.GetProperty("index").GetInt32()].Quantity == 0 ? "negative_quantity" : "conflicting_event",
                one.GetProperty("code").GetString()));
            var negative = events.Index().Where(one => one.Item.Quantity == 0).Select(one => one.Index);
            Assert.Equal(negative, IndicesOf(rejected, "negative_quantity"));
        }

        // Each id is counted once, with the quantity that came first; whoever sent that is accepted or a duplicate.
        var ids = requests.SelectMany(events => events).Where(one => one.Quantity > 0).Select(one => one.Id).Distinct();
        Assert.Equal(ids.Count(), answers.Sum(answer => answer.Json.GetProperty("accepted").GetInt32()));
        var watch = stage.Faults.Of(seller.Tenant);
        Assert.Equal(1, watch.CallsOfOneMost);
        Assert.InRange(watch.CallsMost, 2, 7);
        Assert.InRange(watch.EventsMost, 2, 5);
        var dispatcher = api.Services.GetRequiredService<Dispatcher>();
        Assert.Equal(0, dispatcher.WaitingEvents);
        Assert.InRange(dispatcher.LaneCount, 0, 64);
        await AssertBalance(seller, ids.Count());
    }

    [Fact]
    public async Task Post_CustomerIsBusy_WhatArrivesMeanwhileGoesInOneCall()
    {
        await using var api = await stage.Open();
        var seller = await stage.NewSeller(api);
        var watch = stage.Faults.Of(seller.Tenant);
        var first = seller.PostEvents(Seller.Event("first", "gated"));
        await Until(() => watch.CallsUnderWay == 1);
        var others = Enumerable.Range(0, 20)
            .Select(index => seller.PostEvents(Seller.Event($"{index}", "gated"), Seller.Event($"{index}", "free")))
            .ToList();

        // A request's events are put into lanes in their order, so now the others' are there, too.
        await Until(() => watch.EventsOf.GetValueOrDefault("free") == 20);
        watch.Gate.SetResult();
        await Task.WhenAll(others.Append(first));

        Assert.Equal(20, watch.EventsMost);
        Assert.Equal(2, watch.Order.Count(customer => customer == "gated"));
        Assert.All(
            others, answer => Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", answer.Result.Text));
    }

    [Fact]
    public async Task Post_MoreThanOneCallTakes_CustomersAreServedInTurn()
    {
        await using var api = await stage.Open(options =>
        {
            options.ConcurrentCallsMax = 1;
            options.EventsPerCallMax = 2;
        });
        var seller = await stage.NewSeller(api);
        string[] large = [.. Enumerable.Range(0, 8).Select(index => Seller.Event($"{index}", "large"))];
        var answer = await seller.PostEvents([.. large, Seller.Event("a", "small"), Seller.Event("b", "tiny")]);

        Assert.Equal(10, answer.Json.GetProperty("accepted").GetInt32());
        Assert.Equal(
            ["large", "small", "tiny", "large", "large", "large"], stage.Faults.Of(seller.Tenant).Order);
    }

    [Fact]
    public async Task Post_OneCustomersCallFails_OnlyRequestsWithItsEventsFail()
    {
        var seller = await stage.NewSeller();
        foreach (var (customer, status, code) in ((string, int, string)[])
            [("unavailable", 503, "usage_store_unavailable"), ("broken", 500, "internal_error")])
        {
            var requests = Enumerable.Range(0, 30).Select(index => seller.PostEvents(
                Seller.Event($"{customer}-{index}", $"fine-{index % 3}"),
                Seller.Event($"x-{index}", index % 5 == 0 ? customer : "fine"))).ToList();
            var answers = await Task.WhenAll(requests);

            Assert.All(answers.Index(), answer =>
            {
                Assert.Equal(answer.Index % 5 == 0 ? status : 200, answer.Item.Status);
                Assert.DoesNotContain("Secret", answer.Item.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("Exception", answer.Item.Text, StringComparison.Ordinal);
            });
            Assert.Equal(code, answers[0].Code);
            Assert.Equal(status == 503 ? TimeSpan.FromSeconds(1) : null, answers[0].Headers.RetryAfter?.Delta);

            // What was counted before the failure is a duplicate now: sending all again is harmless.
            var again = await seller.PostEvents(Seller.Event($"{customer}-0", "fine-0"));
            Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", again.Text);
        }
    }

    [Fact]
    public async Task Post_SiloGoesAway_CallIsMadeAgain()
    {
        await using var api = await stage.Open(options => options.CallRetriesMax = 2);
        var seller = await stage.NewSeller(api);
        var watch = stage.Faults.Of(seller.Tenant);
        watch.Restarts = 2;
        var posted = seller.PostEvents(Seller.Event("x", "restarting"), Seller.Event("y", "fine"));
        await Until(() => watch.Calls == 3);

        // The first attempt more comes at once, the second after a while.
        Assert.False(posted.IsCompleted);
        await Until(() =>
        {
            api.Time.Advance(TimeSpan.FromMilliseconds(250));
            return posted.IsCompleted;
        });
        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", (await posted).Text);
        Assert.Equal(4, watch.Calls);
    }

    [Fact]
    public async Task Post_SiloStaysAway_IsToldAndLosesNothing()
    {
        await using var api = await stage.Open();
        var seller = await stage.NewSeller(api);
        stage.Faults.Of(seller.Tenant).Restarts = 2;
        var failed = await seller.PostEvents(Seller.Event("x", "restarting"));

        Assert.Equal((503, "usage_store_unavailable"), (failed.Status, failed.Code));
        var again = await seller.PostEvents(Seller.Event("x", "restarting"));
        Assert.Equal(1, again.Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_TooMuchWaits_IsRefusedBeforeAnythingIsDispatched()
    {
        await using var api = await stage.Open(options =>
        {
            options.EventsPerRequestMax = 10;
            options.WaitingEventsMax = 12;
        });
        var seller = await stage.NewSeller(api);
        var watch = stage.Faults.Of(seller.Tenant);
        var first = seller.PostEvents([.. Enumerable.Range(0, 10).Select(index => Seller.Event($"{index}", "gated"))]);
        await Until(() => watch.CallsUnderWay == 1);
        var refused = await seller.PostEvents(
            Seller.Event("x", "free"), Seller.Event("y", "free"), Seller.Event("z", "free"));
        var calls = watch.Calls;

        Assert.Equal((503, "overloaded"), (refused.Status, refused.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(1, calls);
        Assert.Equal(200, (await seller.PostEvents(Seller.Event("x", "free"), Seller.Event("y", "free"))).Status);
        watch.Gate.SetResult();
        Assert.Equal(10, (await first).Json.GetProperty("accepted").GetInt32());
        Assert.Equal(0, api.Services.GetRequiredService<Dispatcher>().WaitingEvents);
    }

    [Fact]
    public async Task Post_ClientGoesAway_OthersAreNotDisturbedAndNothingLeaks()
    {
        await using var api = await stage.Open();
        var seller = await stage.NewSeller(api);
        var watch = stage.Faults.Of(seller.Tenant);
        var blocker = seller.PostEvents(Seller.Event("blocker", "gated"));
        await Until(() => watch.CallsUnderWay == 1);
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = TestApi.Json(Seller.Event("gone", "gated")),
        };
        request.Headers.Authorization = new("Bearer", seller.Key);
        var leaving = api.Client.SendAsync(request, gone.Token);
        var staying = seller.PostEvents(Seller.Event("staying", "gated"));
        var dispatcher = api.Services.GetRequiredService<Dispatcher>();
        await Until(() => dispatcher.WaitingEvents == 3);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        watch.Gate.SetResult();

        Assert.Equal(1, (await staying).Json.GetProperty("accepted").GetInt32());
        Assert.Equal(1, (await blocker).Json.GetProperty("accepted").GetInt32());
        await Until(() => dispatcher.WaitingEvents == 0);
        var again = await seller.PostEvents(Seller.Event("gone", "gated"));
        Assert.Equal(1, again.Json.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public async Task Post_ManyCustomers_IdleLanesAreForgotten()
    {
        await using var api = await stage.Open(options => options.IdleLanesMax = 64);
        var seller = await stage.NewSeller(api);
        var events = Enumerable.Range(0, 5_000).Select(index => Seller.Event("1", $"customer-{index}")).ToArray();
        Assert.Equal(5_000, (await seller.PostEvents(events)).Json.GetProperty("accepted").GetInt32());
        var dispatcher = api.Services.GetRequiredService<Dispatcher>();

        // A call hands its lane back after it has answered.
        await Until(() => dispatcher.LaneCount <= 64);
        Assert.Equal(5_000, (await seller.PostEvents(events)).Json.GetProperty("duplicates").GetInt32());
    }

    [Fact]
    public void Comparer_KeysAndAddresses_AgreeAlways() =>
        Gen.Select(Gen.Byte.Array[0, 3], Gen.Byte.Array[0, 3], Gen.Int[0, 1], Gen.Int[0, 1]).Sample(
            (left, right, leftProduct, rightProduct) =>
            {
                string[] products = ["t|a", "t|b"];
                var comparer = new LaneKeyComparer();
                var one = comparer.Create(new LaneAddress(products[leftProduct], leftProduct, left));
                var other = new LaneAddress(products[rightProduct], rightProduct, right);
                var isSame = leftProduct == rightProduct && left.AsSpan().SequenceEqual(right);

                Assert.Equal(isSame, comparer.Equals(other, one));
                Assert.Equal(isSame, comparer.Equals(one, comparer.Create(other)));
                Assert.True(!isSame || comparer.GetHashCode(one) == comparer.GetHashCode(other));
            });

    private static IEnumerable<int> IndicesOf(IEnumerable<JsonElement> rejected, string code) =>
        from one in rejected
        where one.GetProperty("code").GetString() == code
        select one.GetProperty("index").GetInt32();

    private static async Task AssertBalance(Seller seller, int events)
    {
        var answer = await seller.Get("/v1/products/p/reconciliation");
        Assert.True(answer.Json.GetProperty("balanced").GetBoolean(), answer.Text);
        Assert.InRange(
            answer.Json.GetProperty("dimensions")[0].GetProperty("accepted").GetDecimal(), events, events * 2);
    }

    private static async Task Until(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
