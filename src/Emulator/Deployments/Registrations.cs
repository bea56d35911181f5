using Tally.Emulator.Catalogue;
using Tally.Emulator.State;

namespace Tally.Emulator.Deployments;

/// <summary>Which tasks and pods have registered: they stay registered, whatever becomes of the subscription.</summary>
internal sealed class Registrations(IEmulatorState state, TimeProvider time)
{
    private readonly DocumentTable<Registration> _registrations =
        new(state, "registration", StateJson.Default.Registration);

    public bool Has(Product product, Deployment deployment) =>
        _registrations.Find(KeyOf(product, deployment)) is not null;

    /// <summary>Two that register one resource at once write the same thing, so neither has to wait.</summary>
    public ValueTask AddAsync(Product product, Deployment deployment) =>
        state.SaveAsync([_registrations.Put(KeyOf(product, deployment), new Registration(time.GetUtcNow()))]);

    private static string KeyOf(Product product, Deployment deployment) =>
        $"{product.AccountId}|{deployment.Region}|{product.Code}|{deployment.AccountId}|{deployment.Resource}";
}
