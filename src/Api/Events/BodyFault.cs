namespace Tally.Api.Events;

/// <summary>Why a body as a whole can't be taken.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Line">In which line of the inflated body, from 1; 0 where there is no position.</param>
/// <param name="Byte">At which byte of that line, from 0.</param>
internal sealed record BodyFault(BodyFaultKind Kind, long Line = 0, long Byte = 0);

/// <summary>Why a body as a whole can't be taken.</summary>
internal enum BodyFaultKind
{
    /// <summary>It is not JSON in UTF-8.</summary>
    MalformedJson,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It is not gzip, though the request says so.</summary>
    MalformedGzip,

    /// <summary>It is larger than allowed, compressed or inflated.</summary>
    TooLarge,

    /// <summary>It has more events than allowed.</summary>
    TooManyEvents,
}
