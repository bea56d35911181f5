using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Runs in the platform's process before the platform, which doesn't know of it: .NET loads it as a startup hook. It
/// kills the process, as kill -9 would, the first time that a step of delivery is reached.
/// </summary>
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = ".NET looks for this very name.")]
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = ".NET looks for this very name.")]
internal sealed class StartupHook
{
    /// <summary>The environment variable that names the step.</summary>
    public const string StepVariable = "TALLY_TEST_KILL_AT";

    /// <summary>The environment variable that names the file to write the step to.</summary>
    public const string FileVariable = "TALLY_TEST_KILL_FILE";

    /// <summary>Called by .NET.</summary>
    public static void Initialize()
    {
        var step = Environment.GetEnvironmentVariable(StepVariable);
        var file = Environment.GetEnvironmentVariable(FileVariable);
        if (step is not null && file is not null)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(step, file));
        }
    }

    private sealed class Listeners(string step, string file) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Tally.Delivery")
            {
                value.Subscribe(new Killer(step, file));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Killer(string step, string file) : IObserver<KeyValuePair<string, object?>>
    {
        private bool _isReached;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key != step)
            {
                return;
            }

            // Of several threads the first does it; none comes back.
            if (!Interlocked.Exchange(ref _isReached, true))
            {
                File.WriteAllText(file, step);
                using var own = Process.GetCurrentProcess();
                own.Kill();
            }

            using var never = new ManualResetEventSlim();
            never.Wait(CancellationToken.None);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
