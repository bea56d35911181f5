using System.Diagnostics;

namespace Tally.Grains.Delivery;

/// <summary>
/// Tells whoever listens within the process, such as a debugger or a test, that a step of delivery is reached. Where
/// nobody listens it costs the reading of one field.
/// </summary>
internal static class DeliverySteps
{
    private static readonly DiagnosticListener Listener = new("Tally.Delivery");

    /// <summary>Tells that a step is reached.</summary>
    /// <param name="step">The step. Listeners run before this returns.</param>
    public static void Reached(DeliveryStep step)
    {
        if (Listener.IsEnabled())
        {
            Listener.Write(step.ToString(), null);
        }
    }
}
