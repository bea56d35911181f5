using System.Runtime.InteropServices;
using Tally.Emulator;

EmulatorOptions options;
try
{
    options = CommandLine.Read(args);
    if (options.Mistakes() is { Count: > 0 } mistakes) throw new FormatException(string.Join(' ', mistakes));
}
catch (Exception refused) when (refused is FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var loggers = LoggerFactory.Create(logging =>
    logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
try
{
    await using var emulator = await MarketplaceEmulator.StartAsync(options, TimeProvider.System, loggers);
    foreach (var line in Greeting.Of(options, emulator.Endpoint))
        await Console.Out.WriteLineAsync(line);
    await stop.Task;
    return 0;
}
catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    _ = stop.TrySetResult();
}
