using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Tally.Emulator.Clock;

namespace Tally.Emulator.Notifications;

/// <summary>
/// Brings messages to addresses, several at once, so that one that doesn't answer holds up no other. What an earlier
/// run left behind goes first.
/// </summary>
internal sealed partial class HttpDeliverer(DeliveryLog log, EmulatorClock clock, ILogger<HttpDeliverer> logger)
    : BackgroundService
{
    /// <summary>The pauses between attempts; one attempt more than there are pauses.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    private const int AtOnceMax = 32;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = AnswerMax,
    };

    private readonly Channel<(string Id, long Generation)> _waiting =
        Channel.CreateUnbounded<(string Id, long Generation)>();

    private readonly ConcurrentDictionary<(string Id, long Generation), bool> _underWay = [];

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
        await Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stoppingToken },
            async (waiting, stopping) => await DeliverAsync(waiting.Id, waiting.Generation, stopping));
    }

    private async Task DeliverAsync(string id, long generation, CancellationToken cancellationToken)
    {
        // What is added while everything that is pending is added comes twice.
        if (!_underWay.TryAdd((id, generation), true)) return;
        try
        {
            while (log.FindDelivery(id) is { State: Delivery.Pending } delivery)
            {
                if (delivery.Attempts > 0)
                    await Task.Delay(PauseAfter(delivery.Attempts), clock.Surrounding, cancellationToken);
                // After a reset or an import it is no more, or another one by the same id.
                if (log.Generation != generation) return;
                var attempted = await AttemptAsync(delivery, cancellationToken);
                if (!await log.SaveAsync(attempted, generation)) return;
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
            _ = request.Headers.TryAddWithoutValidation("User-Agent", "Amazon Simple Notification Service Agent");
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
