using System.Diagnostics;

namespace Tally.EndToEnd.Hosting;

/// <summary>
/// A network of machines, each a network namespace of its own, joined by a bridge to this one; its links can be cut as
/// silently as a switch does that fails. Needs root on Linux.
/// </summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private const int NetworksMax = 250;
    private readonly int _number;
    private readonly Stack<string> _undo = new();
    private readonly Stack<string> _healing = new();

    private TestNetwork(int number) => _number = number;

    /// <summary>The address of this machine.</summary>
    public string Gateway => Address(1);

    /// <summary>Another address of this machine, for the database, so that it can be cut off by itself.</summary>
    public string Database => Address(2);

    private string Bridge => $"tally{_number}";

    /// <summary>Makes a network; skips the test where that isn't allowed.</summary>
    public static async Task<TestNetwork> Start(int machines)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip"),
            "Network namespaces need root on Linux, and iproute2.");
        var network = await Claim();
        try
        {
            await network.Build(machines);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        return network;
    }

    /// <summary>A machine's namespace.</summary>
    public string NamespaceOf(int machine) => $"{Bridge}-{machine}";

    /// <summary>A machine's address.</summary>
    public string AddressOf(int machine) => Address(10 + machine);

    /// <summary>Cuts the links between these machines; each of them reaches all others.</summary>
    public async Task Separate(params IEnumerable<int> machines)
    {
        foreach (var machine in machines)
        {
            await Cut(
                $"link set {LinkOf(machine)} type bridge_slave isolated on",
                $"link set {LinkOf(machine)} type bridge_slave isolated off");
        }
    }

    /// <summary>Cuts a machine off from the database alone.</summary>
    public Task SeparateFromDatabase(int machine) => Cut(
        $"-n {NamespaceOf(machine)} route add blackhole {Database}/32",
        $"-n {NamespaceOf(machine)} route del blackhole {Database}/32");

    /// <summary>Cuts a machine off from everything.</summary>
    public Task CutOff(int machine) => Cut($"link set {LinkOf(machine)} down", $"link set {LinkOf(machine)} up");

    /// <summary>Mends every link that was cut.</summary>
    public async Task Heal()
    {
        while (_healing.TryPop(out var command))
        {
            await Ip(command);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_undo.TryPop(out var command))
        {
            await Ip(command);
        }
    }

    /// <summary>Takes a number that no other test has at the moment.</summary>
    private static async Task<TestNetwork> Claim()
    {
        for (var attempt = 0; attempt < NetworksMax; attempt++)
        {
            var network = new TestNetwork(1 + ((Environment.ProcessId + attempt) % NetworksMax));
            var complaint = await Run($"link add {network.Bridge} type bridge");
            if (complaint is null)
            {
                network._undo.Push($"link del {network.Bridge}");
                return network;
            }

            // A container may have a root that isn't allowed to.
            Assert.SkipUnless(complaint.Contains("exists", StringComparison.Ordinal), complaint);
        }

        throw new InvalidOperationException("No network is free.");
    }

    private static async Task Ip(string arguments)
    {
        if (await Run(arguments) is { } complaint)
        {
            throw new InvalidOperationException($"ip {arguments}: {complaint}");
        }
    }

    /// <returns>What it complained of; null when it did what it was told.</returns>
    private static async Task<string?> Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", arguments)
        {
            RedirectStandardError = true,
        })!;
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : complaint;
    }

    private async Task Build(int machines)
    {
        await Ip($"address add {Gateway}/24 dev {Bridge}");
        await Ip($"address add {Database}/24 dev {Bridge}");
        await Ip($"link set {Bridge} up");
        for (var machine = 0; machine < machines; machine++)
        {
            var space = NamespaceOf(machine);
            await Ip($"netns add {space}");
            _undo.Push($"netns del {space}");
            await Ip($"link add {LinkOf(machine)} type veth peer name eth0 netns {space}");
            await Ip($"link set {LinkOf(machine)} master {Bridge} up");
            await Ip($"-n {space} address add {AddressOf(machine)}/24 dev eth0");
            await Ip($"-n {space} link set eth0 up");
            await Ip($"-n {space} link set lo up");
        }
    }

    private async Task Cut(string command, string healing)
    {
        await Ip(command);
        _healing.Push(healing);
    }

    private string LinkOf(int machine) => $"{Bridge}.{machine}";

    // 198.18.0.0/15 is for tests of networks and nobody's address. Source: RFC 2544.
    private string Address(int host) => $"198.18.{_number}.{host}";
}
