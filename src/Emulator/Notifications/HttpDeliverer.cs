using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Tally.Emulator.Clock;

namespace Tally.Emulator.Notifications;

/// <summary>
/// Brings messages to addresses. Each subscription has attempts of its own, and a pause takes up none of them, so that
/// an address that doesn't answer holds up no other. What an earlier run left behind goes first.
/// </summary>
internal sealed partial class HttpDeliverer(DeliveryLog log, EmulatorClock clock, ILogger<HttpDeliverer> logger)
    : BackgroundService
{
    /// <summary>The pauses between attempts; one attempt more than there are pauses.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    /// <summary>How many attempts one subscription has under way at most; its other deliveries wait.</summary>
    private const int AttemptsOfSubscriptionMax = 8;

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = AnswerMax,
    };

    private readonly Channel<(string Id, long Generation)> _waiting =
        Channel.CreateUnbounded<(string Id, long Generation)>();

    private readonly ConcurrentDictionary<(string Id, long Generation), Task> _underWay = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _attempts = new(StringComparer.Ordinal);

    /// <summary>Takes a delivery over once it is kept; one for a generation that is gone is gone with it.</summary>
    public async Task AddAsync(Delivery delivery, long generation)
    {
        if (await log.SaveAsync(delivery, generation)) _ = _waiting.Writer.TryWrite((delivery.Id, generation));
    }

    /// <summary>Takes over all deliveries that there are and that nobody has taken over yet.</summary>
    public void AddAllPending()
    {
        var generation = log.Generation;
        foreach (var left in log.ListDeliveries().Where(delivery => delivery.State is Delivery.Pending))
            _ = _waiting.Writer.TryWrite((left.Id, generation));
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AddAllPending();
        try
        {
            await foreach (var (id, generation) in _waiting.Reader.ReadAllAsync(stoppingToken))
                Start(id, generation, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_underWay.Values);
        }
    }

    private void Start(string id, long generation, CancellationToken stoppingToken)
    {
        // What is added while everything that is pending is added comes twice.
        if (!_underWay.TryAdd((id, generation), Task.CompletedTask)) return;
        var delivering = DeliverAsync(id, generation, stoppingToken);
        // It fails to when the delivery is over already, and has taken itself out.
        _ = _underWay.TryUpdate((id, generation), delivering, Task.CompletedTask);
    }

    private async Task DeliverAsync(string id, long generation, CancellationToken cancellationToken)
    {
        try
        {
            while (log.FindDelivery(id) is { State: Delivery.Pending } delivery)
            {
                if (delivery.Attempts > 0)
                    await Task.Delay(PauseAfter(delivery.Attempts), clock.Surrounding, cancellationToken);
                if (!await TryOnceAsync(delivery, generation, cancellationToken)) return;
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // It stays on record as pending, and is tried again at the next start.
            LogFailed(logger, id, failure);
        }
        finally
        {
            _ = _underWay.TryRemove((id, generation), out _);
        }
    }

    /// <summary>False after a reset or an import: it is no more, or another one by the same id.</summary>
    private async Task<bool> TryOnceAsync(Delivery delivery, long generation, CancellationToken cancellationToken)
    {
        var attempts = _attempts.GetOrAdd(
            delivery.SubscriptionId, _ => new SemaphoreSlim(AttemptsOfSubscriptionMax, AttemptsOfSubscriptionMax));
        await attempts.WaitAsync(cancellationToken);
        try
        {
            return log.Generation == generation
                && await log.SaveAsync(await AttemptAsync(delivery, cancellationToken), generation);
        }
        finally
        {
            _ = attempts.Release();
        }
    }

    private static TimeSpan PauseAfter(int attempts) => Pauses[Math.Min(attempts, Pauses.Count) - 1];

    private async Task<Delivery> AttemptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        int? status = null;
        string? error = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)),
            };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(delivery.ContentType);
            foreach (var (name, value) in delivery.Headers)
                _ = request.Headers.TryAddWithoutValidation(name, value);
            using var response = await _client.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            error = failure.Message;
        }

        var attempted = delivery with { Attempts = delivery.Attempts + 1, LastStatus = status, LastError = error };
        return status is >= 200 and < 300
            ? attempted with { State = Delivery.Delivered }
            : attempted.Attempts > Pauses.Count ? attempted with { State = Delivery.Failed } : attempted;
    }
}
