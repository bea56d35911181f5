using Microsoft.Extensions.Logging;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Wire;

/// <summary>Bodies that are too large are refused in AWS's words, and the next call goes through.</summary>
public sealed class RequestBodyTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(Mebibyte, true)]
    [InlineData(2 * Mebibyte, true)]
    [InlineData(40 * Mebibyte, true)]
    [InlineData(Mebibyte, false)]
    [InlineData(40 * Mebibyte, false)]
    public async Task Meter_TooLarge_IsAValidationExceptionAndNothingIsLogged(int bytes, bool isChunked)
    {
        using var log = new LogLines();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        await using var fixture = await EmulatorFixture.StartAsync(loggers: loggers);
        var refused = await fixture.Caller.MeterBlanksAsync(bytes, isChunked);
        var next = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));

        Assert.Equal((400, "ValidationException"), (refused.Status, refused.ErrorCode));
        Assert.Equal(["Success"], next.Statuses);
        await fixture.Emulator.DisposeAsync();
        Assert.DoesNotContain(log.Lines, line => line.Contains("Exception", StringComparison.Ordinal)
            || line.StartsWith("Warning", StringComparison.Ordinal)
            || line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Meter_JustBelowAMebibyteInChunks_IsRead()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterBlanksAsync(Mebibyte - 1, isChunked: true);
        Assert.Equal("SerializationException", reply.ErrorCode);
    }

    [Fact]
    public async Task Meter_LargeBodyOfAThrottledCall_IsThrottled()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ThrottleRate = 1 };
        var reply = await fixture.Caller.MeterBlanksAsync(40 * Mebibyte, isChunked: false);
        Assert.Equal("ThrottlingException", reply.ErrorCode);
    }
}
