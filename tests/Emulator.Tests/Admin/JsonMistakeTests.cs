using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Admin;

public sealed class JsonMistakeTests
{
    [Theory]
    [InlineData("", "It is not JSON, or ends too early, at line 1, byte 1.")]
    [InlineData("{\n \"seed\":", "It is not JSON, or ends too early, at line 2, byte 9.")]
    [InlineData("""{"seed":123456} x""", "It is not JSON, or ends too early, at line 1, byte 17.")]
    [InlineData("[]", "$ must be an object, at line 1, byte 2.")]
    [InlineData(
        """{"x":1}""",
        "$.x is not known, at line 1, byte 6; the members are "
        + "callsPerSecond, quotas, throttleRate, errorRate, dropRate, loseAnswerRate, timeoutRate, timeoutMs, "
        + "unprocessedRate, latencyMs, latencyJitterMs, disabled, retryAfterSeconds, after, calls, seed.")]
    [InlineData("""{"errorRate":"a"}""", "$.errorRate must be a number, at line 1, byte 17.")]
    [InlineData("""{"latencyMs":1.5}""", "$.latencyMs must be a whole number of at most 32 bits, at line 1, byte 17.")]
    [InlineData("""{"seed":null}""", "$.seed must be a whole number of at most 64 bits, at line 1, byte 13.")]
    public async Task PutFaults_NotValid_IsSaidInTheWordsOfJson(string body, string expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/faults", body);
        Assert.Equal(
            (400, $"The body is not what is expected. {expected}"),
            (reply.Status, reply.Json.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("""{"dimensions":{}}""", "$.dimensions must be a list, ")]
    [InlineData("""{"dimensions":[1]}""", "$.dimensions[0] must be a text, ")]
    [InlineData("""{"openToAll":1}""", "$.openToAll must be true or false, ")]
    [InlineData("""{"licenses":[]}""", "$.licenses must be an object, ")]
    [InlineData("""{"customers":{"c.d['x']":"perhaps"}}""", "must be 'subscribed' or 'unsubscribed', ")]
    [InlineData("""{"customers":{"c":7}}""", "$.customers.c must be 'subscribed' or 'unsubscribed', ")]
    [InlineData("""{"a.b'c":1}""", "$['a.b'c'] is not known, ")]
    public async Task PutProduct_NotValid_IsSaidInTheWordsOfJson(string body, string expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/products/prod-2", body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(expected, reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Tally", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadProducts_UnknownMember_IsSaidInTheWordsOfJson()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """{"p.1":{"dimension":[]}}""", TestContext.Current.CancellationToken);
        var refused = Assert.Throws<FormatException>(() => CommandLine.Read(["--products", path]));
        File.Delete(path);
        Assert.StartsWith(
            $"--products {path}: $['p.1'].dimension is not known, at line 1, byte 21; "
            + "the members are dimensions, openToAll, customers, licenses, ",
            refused.Message,
            StringComparison.Ordinal);
    }
}
