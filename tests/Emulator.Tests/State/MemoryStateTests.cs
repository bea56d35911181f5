using Tally.Emulator.State;

namespace Tally.Emulator.Tests.State;

public sealed class MemoryStateTests : EmulatorStateTests
{
    internal override ValueTask<IEmulatorState> OpenAsync() => ValueTask.FromResult<IEmulatorState>(new MemoryState());
}
