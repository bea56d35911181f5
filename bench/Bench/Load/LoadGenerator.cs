using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Tally.Bench.Load;

/// <summary>Sends one server as many requests as it answers, a fixed number in flight.</summary>
internal sealed class LoadGenerator(HttpClient client, IngestOptions options, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly TimeSpan WarmUpMax = TimeSpan.FromMinutes(2);
    private readonly List<TimeSpan> _latencies = [];
    private long _nextId = 1;
    private long _measuredFrom = long.MaxValue;
    private long _measuredTo = long.MaxValue;
    private long _refused;
    private bool _stopping;

    /// <summary>All events that the server acknowledged as new, measured or not.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Loads the server, and measures after the warm-up.</summary>
    /// <param name="warmUp">Load before the measured span, at least.</param>
    /// <param name="acknowledged">Events that the server has to have acknowledged before the measured span.</param>
    /// <param name="cpuSeconds">Reads the processor time that the server's processes have had.</param>
    /// <returns>What was measured; all requests were answered by then, also those behind the span.</returns>
    public async Task<Span> Measure(TimeSpan warmUp, long acknowledged, Func<double> cpuSeconds)
    {
        _stopping = false;
        _refused = 0;
        _latencies.Clear();
        (_measuredFrom, _measuredTo) = (long.MaxValue, long.MaxValue);
        var loops = Enumerable.Range(0, options.Connections).Select(_ => Task.Run(Loop)).ToArray();
        var start = time.GetTimestamp();
        await Task.Delay(warmUp, time);
        while (Acknowledged < acknowledged && time.GetElapsedTime(start) < WarmUpMax)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }

        var (cpu, ownCpu) = (cpuSeconds(), OwnCpu());
        Begin();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), time);
        End();
        (cpu, ownCpu) = (cpuSeconds() - cpu, OwnCpu() - ownCpu);
        await Task.WhenAll(loops);
        return Span.Of(_latencies, options.Events, time.GetElapsedTime(_measuredFrom, _measuredTo), _refused) with
        {
            ServerCpuSeconds = cpu,
            LoadCpuSeconds = ownCpu,
        };
    }

    /// <summary>Sends new events, and then the very same request again.</summary>
    public async Task<(Answer First, Answer Again)> SendTwice()
    {
        var body = NewBody();
        body.Renew(TakeIds());
        var first = await Send(body) ?? throw new InvalidOperationException("The first request was refused.");
        var again = await Send(body) ?? throw new InvalidOperationException("The second request was refused.");
        Acknowledged += first.Accepted;
        return (first, again);
    }

    private async Task Loop()
    {
        var body = NewBody();
        while (!Volatile.Read(ref _stopping))
        {
            body.Renew(TakeIds());
            var start = time.GetTimestamp();
            var answer = await Send(body);
            Count(answer, start, time.GetTimestamp());
            if (answer is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time);
            }
        }
    }

    private void Count(Answer? answer, long start, long end)
    {
        lock (_latencies)
        {
            Acknowledged += answer?.Accepted ?? 0;
            if (end < _measuredFrom || end > _measuredTo)
            {
                return;
            }

            if (answer?.Accepted == options.Events)
            {
                _latencies.Add(time.GetElapsedTime(start, end));
            }
            else
            {
                _refused++;
            }
        }
    }

    private async Task<Answer?> Send(RequestBody body)
    {
        using var content = new ByteArrayContent(body.Bytes);
        content.Headers.ContentType = Json;
        using var response = await client.PostAsync("/v1/events", content);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }

        var json = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? Answer.Read(json)
            : throw new InvalidOperationException($"{response.StatusCode}: {Encoding.UTF8.GetString(json)}");
    }

    private RequestBody NewBody()
    {
        var seed = (int)(Volatile.Read(ref _nextId) % int.MaxValue) + Environment.CurrentManagedThreadId;
        return new RequestBody(options.Events, options.Customers, seed, time.GetUtcNow());
    }

    private long TakeIds() => Interlocked.Add(ref _nextId, options.Events) - options.Events;

    private void Begin()
    {
        lock (_latencies)
        {
            _measuredFrom = time.GetTimestamp();
        }
    }

    private void End()
    {
        lock (_latencies)
        {
            _measuredTo = time.GetTimestamp();
            _stopping = true;
        }
    }

    private static double OwnCpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
