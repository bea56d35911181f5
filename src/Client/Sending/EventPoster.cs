using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Tally.Client.Errors;
using Tally.Client.Hosting;
using Tally.Client.Tracking;

namespace Tally.Client.Sending;

/// <summary>Posts events once, and says what came of it.</summary>
/// <param name="transport">How requests are sent.</param>
/// <param name="compress">Whether they are compressed.</param>
internal sealed class EventPoster(ApiTransport transport, bool compress)
{
    /// <summary>Posts events.</summary>
    /// <param name="events">The events.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>What came of it, and the status of the answer; 0 without one.</returns>
    public async Task<(PostOutcome Outcome, int Status)> Post(IReadOnlyList<Tracked> events, CancellationToken stop)
    {
        using var content = Body(events);
        try
        {
            using var response = await transport.Send(HttpMethod.Post, "/v1/events", content, stop);
            return (await OutcomeOf(response, events.Count, stop), (int)response.StatusCode);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // Whatever it was, of the network or of a handler that the application added: nobody knows what came of it.
            return (new PostOutcome.Again(exception.Message, TimeSpan.Zero), 0);
        }
    }

    private ByteArrayContent Body(IReadOnlyList<Tracked> events)
    {
        using var buffer = new MemoryStream();
        using (Stream target = compress ? new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true) : buffer)
        {
            foreach (var tracked in events)
            {
                target.Write(tracked.Json);
            }
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new("application/x-ndjson");
        if (compress)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    private async Task<PostOutcome> OutcomeOf(HttpResponseMessage response, int events, CancellationToken stop)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var answer = await ApiTransport.Read(response, ClientJsonContext.Default.EventsAnswer, stop);
            return answer?.IsOf(events) == true
                ? new PostOutcome.Answered(answer)
                : new PostOutcome.Again("the answer is not what the platform answers", TimeSpan.Zero);
        }

        var problem = await ApiTransport.ProblemOf(response, stop);
        var refused = new PostOutcome.Refused(
            problem.Code ?? $"http_{(int)response.StatusCode}",
            new TallyException(response.StatusCode, problem).Message);
        return (response.StatusCode, problem.Code) switch
        {
            (_, "entitlement_unknown") => new PostOutcome.OfOneProduct(Again(response, problem)),
            (_, "not_entitled") => new PostOutcome.OfOneProduct(refused),
            (HttpStatusCode.RequestEntityTooLarge, _) => new PostOutcome.TooLarge(refused),
            (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests, _) => Again(response, problem),
            ( >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError, _) => refused,
            _ => Again(response, problem),
        };
    }

    private PostOutcome.Again Again(HttpResponseMessage response, ProblemDocument problem) => new(
        $"{(int)response.StatusCode} {problem.Code ?? response.ReasonPhrase}",
        DelayOf(response.Headers.RetryAfter));

    private TimeSpan DelayOf(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - transport.Time.GetUtcNow(),
        _ => TimeSpan.Zero,
    };
}
