using Tally.Emulator.Catalogue;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Admin;

/// <summary>Back to how the emulator was when it first started.</summary>
internal sealed class EmulatorReset(
    IEmulatorState state,
    SellerCatalogue catalogue,
    EmulatorOptions options,
    RuleBook book,
    FaultInjector injector,
    CallLog calls)
{
    public async Task RunAsync()
    {
        await state.ResetAsync();
        injector.Plan = options.Faults;
        book.Reset();
        calls.Clear();
        await DeclareOptionsAsync();
    }

    /// <summary>Declares the products that the emulator was started with.</summary>
    public async Task DeclareOptionsAsync()
    {
        foreach (var (code, declaration) in options.Products)
            await catalogue.DeclareAsync(EmulatorOptions.DefaultAccountId, code, declaration);
    }
}
