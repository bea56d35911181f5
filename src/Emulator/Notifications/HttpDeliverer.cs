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

    private readonly Channel<Delivery> _waiting = Channel.CreateUnbounded<Delivery>();

    /// <summary>Takes a delivery over once it is kept.</summary>
    public async Task AddAsync(Delivery delivery)
    {
        await log.SaveAsync(delivery);
        _ = _waiting.Writer.TryWrite(delivery);
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var left in log.ListDeliveries().Where(delivery => delivery.State is Delivery.Pending))
            _ = _waiting.Writer.TryWrite(left);
        await Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stoppingToken },
            async (delivery, stopping) => await DeliverAsync(delivery, stopping));
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            while (delivery.State is Delivery.Pending)
            {
                if (delivery.Attempts > 0)
                    await Task.Delay(Pauses[delivery.Attempts - 1], clock.Surrounding, cancellationToken);
                delivery = await AttemptAsync(delivery, cancellationToken);
                await log.SaveAsync(delivery);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // It stays on record as pending, and is tried again at the next start.
            LogFailed(logger, delivery.Id, failure);
        }
    }

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
