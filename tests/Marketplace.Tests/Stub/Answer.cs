namespace Amazon.AWSMarketplaceMetering.Tests.Stub;

/// <summary>What the stub answers with.</summary>
internal sealed record Answer(int Status, string Body)
{
    public const string RequestId = "5f1e2a3c-0000-4000-8000-000000000001";

    public string ContentType { get; init; } = "application/x-amz-json-1.1";

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x-amzn-RequestId"] = RequestId,
    };

    public static Answer Ok(string body = "{}") => new(200, body);

    public static Answer Error(string code, int status = 400, string message = "Said so.") =>
        new(status, $$"""{"__type":"{{code}}","message":"{{message}}"}""");
}
