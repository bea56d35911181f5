using System.Globalization;

namespace Tally.Bench.Contenders;

/// <summary>Processor time of a process and all below it, as the Linux kernel counts it.</summary>
internal static class ProcessCpu
{
    private const double TicksPerSecond = 100;

    // Fields of /proc/PID/stat, counted from behind the program's name, which may hold anything.
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int FieldsSummed = 4;

    /// <summary>User and system seconds so far, with those of children that have ended.</summary>
    public static double Seconds(IEnumerable<int> roots)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Fields: Fields(id)))
            .Where(process => process.Fields.Length > UserField + FieldsSummed)
            .ToList();
        var children = processes.ToLookup(process => int.Parse(process.Fields[ParentField]), process => process.Id);
        var fields = processes.ToDictionary(process => process.Id, process => process.Fields);
        return roots.Sum(root => Ticks(root, children, fields)) / TicksPerSecond;
    }

    private static long Ticks(int id, ILookup<int, int> children, Dictionary<int, string[]> fields) =>
        children[id].Sum(child => Ticks(child, children, fields))
        + (fields.TryGetValue(id, out var own) ? own.Skip(UserField).Take(FieldsSummed).Sum(long.Parse) : 0);

    private static string[] Fields(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return []; // It ended meanwhile.
        }
    }
}
