namespace Tally.Emulator.Signatures;

/// <summary>The credential of a signature: <c>KEY/DATE/REGION/SERVICE/aws4_request</c>.</summary>
internal sealed record Credential
{
    public required string AccessKeyId { get; init; }

    /// <summary>The day of the key, <c>yyyyMMdd</c>.</summary>
    public required string Date { get; init; }

    public required string Region { get; init; }

    public required string Service { get; init; }

    /// <summary>What ends the scope; <c>aws4_request</c> is right.</summary>
    public required string Terminator { get; init; }

    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";

    /// <summary>Null when it doesn't have its five parts; slashes at the end don't count.</summary>
    public static Credential? Read(string text) =>
        text.TrimEnd('/').Split('/') is [{ Length: > 0 } key, var date, var region, var service, var terminator]
            ? new Credential
            {
                AccessKeyId = key,
                Date = date,
                Region = region,
                Service = service,
                Terminator = terminator,
            }
            : null;
}
