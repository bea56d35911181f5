namespace Tally.Client.Tests.Stage;

/// <summary>What goes wrong with a request on its way.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is cut before the API sees anything.</summary>
    CutBefore,

    /// <summary>The connection is cut after the API has answered, so that nobody hears the answer.</summary>
    CutAfter,

    /// <summary>It is answered with 503 and <c>Retry-After</c>, and the API sees nothing.</summary>
    Unavailable,

    /// <summary>It is answered with 503 although the API has counted.</summary>
    UnavailableAfter,

    /// <summary>It is answered with 429 without <c>Retry-After</c>.</summary>
    Throttled,

    /// <summary>It is answered with 500.</summary>
    Broken,

    /// <summary>It is answered with 200 and a page of somebody else.</summary>
    OtherPage,

    /// <summary>It is answered with half of the API's answer.</summary>
    HalfAnAnswer,

    /// <summary>It is answered only when the client has given it up.</summary>
    Silent,
}
