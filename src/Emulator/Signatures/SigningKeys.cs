using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Tally.Emulator.Signatures;

/// <summary>Derives the keys that sign. A key holds for a day, a region and a service, so it is remembered.</summary>
internal sealed class SigningKeys
{
    /// <summary>How many keys are remembered, about; beyond it all are forgotten, as clients use few.</summary>
    public const int RememberedMax = 1000;

    private readonly ConcurrentDictionary<(string Secret, string Date, string Region, string Service), byte[]> _keys =
        [];

    public int Count => _keys.Count;

    public byte[] Of(string secret, string date, string region, string service)
    {
        var name = (secret, date, region, service);
        if (_keys.TryGetValue(name, out var key)) return key;
        if (_keys.Count >= RememberedMax) _keys.Clear();
        return _keys.GetOrAdd(name, Derive);
    }

    private static byte[] Derive((string Secret, string Date, string Region, string Service) name)
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{name.Secret}");
        foreach (var part in (string[])[name.Date, name.Region, name.Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }
}
