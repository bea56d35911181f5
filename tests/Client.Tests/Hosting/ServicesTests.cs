using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tally.Api.Tests.Stage;
using Tally.Client.Tests.Stage;

namespace Tally.Client.Tests.Hosting;

/// <summary>The client in an application.</summary>
public sealed class ServicesTests(ApiStage stage)
{
    [Fact]
    public async Task Host_Ends_SendsWhatWaits()
    {
        var seller = await stage.NewSeller();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        var handled = 0;
        builder.Services.AddTallyClient(options => (options.Address, options.ApiKey) = (seller.Api.Address, seller.Key))
            .AddHttpMessageHandler(() => new Counting(() => Interlocked.Increment(ref handled)));
        var host = builder.Build();
        await host.StartAsync();
        var client = host.Services.GetRequiredService<TallyClient>();
        Assert.Same(client, host.Services.GetRequiredService<TallyClient>());
        client.Track(Event());
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.Equal((1, 1), (client.Counts.Accepted, handled));
    }

    [Fact]
    public async Task Host_OptionsThatCannotBe_DoesNotStartAndSaysAllOfThem()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddTallyClient(options =>
        {
            options.Address = new("ftp://tally");
            options.BatchEventsMax = 0;
            options.BatchDelayMax = TimeSpan.FromMinutes(2);
            options.WhenFull = (WhenFull)7;
        });
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(5, exception.Failures.Count());
    }

    [Fact]
    public async Task Client_OnItsOwn_SendsAndIsMeasuredAndTraced()
    {
        var seller = await stage.NewSeller();
        var traced = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TallyClient.TelemetryName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                Interlocked.Add(ref traced, activity.GetTagItem("tally.events") is 3 ? 1 : 0),
        };
        ActivitySource.AddActivityListener(listener);
        using var accepted = new MeterListener();
        long sum = 0;
        accepted.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name == "tally.client.events")
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        accepted.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref sum, value));
        accepted.Start();
        await using (var client = new TallyClient(new() { Address = seller.Api.Address, ApiKey = seller.Key }))
        {
            Assert.All([1, 2, 3], _ => client.Track(Event()));
            await client.FlushAsync();
            Assert.Equal(3, client.Counts.Accepted);
        }

        Assert.True(sum >= 3 && traced >= 1);
    }

    [Theory]
    [InlineData("http://tally?x=1")]
    [InlineData("http://user@tally")]
    [InlineData("/relative")]
    public void Client_AddressThatCannotBe_IsRefused(string address)
    {
        var options = new TallyClientOptions { Address = new(address, UriKind.RelativeOrAbsolute), ApiKey = "k\n" };
        var exception = Assert.Throws<OptionsValidationException>(() => new TallyClient(options));

        Assert.Equal(2, exception.Failures.Count());
    }

    // The machine's clock says something else than that of the API.
    private static UsageEvent Event() => ClientStage.Event() with { Time = ApiStage.Now };

    private sealed class Counting(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            count();
            return base.SendAsync(request, stop);
        }
    }
}
