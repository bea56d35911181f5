using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Events;

/// <summary>Where events are taken in, and what is said of it.</summary>
internal static class EventRoutes
{
    /// <summary>Lists the operations.</summary>
    /// <param name="events">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(PostEvents events) =>
    [
        new("PostEvents", "POST", "/v1/events", ApiScopes.Ingest, events.Handle)
        {
            Tag = "Events",
            Query = ["product"],
            Summary = "Post usage events",
            Description =
                "Takes one event, an array of events, or events one behind the other (NDJSON), also compressed with "
                + "`Content-Encoding: gzip`. A body that can be parsed is answered with 200 and says what became of "
                + "each event; accepted events are durable and counted exactly once, however often they are sent. "
                + "So after an error, or without an answer, send all again. CloudEvents 1.0 are taken, too: as "
                + "`application/cloudevents+json`, `application/cloudevents-batch+json`, or one with its attributes in "
                + "headers; of those that name no product in their data it is the one behind `?product=`.",
            Bodies = RequestBody.CloudEventTypes,
            Request = typeof(EventRequest),
            RequestExample =
                """
                [
                  {
                    "id": "5f0c7a2e", "product": "abc123", "customer": "cust-1", "dimension": "api_calls",
                    "quantity": 12.5, "time": "2026-11-22T10:20:30Z", "tags": { "region": "eu" }
                  }
                ]
                """,
            Answer = typeof(EventsAnswerDocument),
            AnswerExample =
                """
                {
                  "accepted": 998, "duplicates": 1,
                  "rejected": [
                    {
                      "index": 4, "id": "5f0c7a2e", "code": "unknown_dimension",
                      "message": "The product has no dimension 'api_cals'."
                    }
                  ]
                }
                """,
            Problems =
            [
                ProblemCode.MalformedJson, ProblemCode.MalformedGzip, ProblemCode.BodyTooLarge,
                ProblemCode.TooManyEvents, ProblemCode.UnsupportedContentType, ProblemCode.UnsupportedEncoding,
                ProblemCode.NotEntitled, ProblemCode.EntitlementUnknown, ProblemCode.Overloaded,
            ],
        },
    ];
}
