using System.Text;
using Tally.Api.Events;

namespace Tally.Api.Tests.Events;

/// <summary>The hashes are stored: a number that changes here means that known events would count again.</summary>
public sealed class EventHashesTests
{
    [Theory]
    [InlineData("", "99AA06D3014798D86001C324468D497F")]
    [InlineData("a", "A96FAF705AF16834E6C632B61E964E1F")]
    [InlineData("5f0c7a2e-0000-4000-8000-000000000001", "DA1BC26A19CAA7849E99CE04D6197062")]
    [InlineData("früh ☕", "AC5AFC4098886A7C4B6151EB317EFE30")]
    public void KeyOf_Text_IsPinned(string text, string key) =>
        Assert.Equal(key, EventHashes.KeyOf(Encoding.UTF8.GetBytes(text)).ToString("X32", null));

    [Theory]
    [InlineData("calls", 0L, null, "", "A491E78ED73F2B6B")]
    [InlineData("calls", 12_500_000L, null, "", "654A921852210E38")]
    [InlineData("calls", 12_500_000L, 0L, "", "ECBAC187D9EA6020")]
    [InlineData("calls", 12_500_000L, 638_993_892_300_000_000L, "", "78AC1612210580E9")]
    [InlineData("calls", 12_500_000L, 638_993_892_300_000_000L, "region\0eu\0", "7CEBFF89FA6E76AB")]
    [InlineData("call", 9_000_000_000_000_000_000L, null, "a\0b\0c\0\0", "0FDBA86396DE94ED")]
    public void FingerprintOf_Content_IsPinned(string dimension, long micros, long? ticks, string tags, string print)
    {
        var fingerprint = EventHashes.FingerprintOf(
            Encoding.UTF8.GetBytes(dimension), micros, ticks, Encoding.UTF8.GetBytes(tags));

        Assert.Equal(print, fingerprint.ToString("X16", null));
    }

    [Fact]
    public void FingerprintOf_LongTags_IsThatOfTheSameBytesOnTheHeap()
    {
        var tags = new byte[20_000];
        new Random(7).NextBytes(tags);
        var changed = (byte[])tags.Clone();
        changed[^1]++;

        Assert.Equal(
            EventHashes.FingerprintOf("d"u8, 1, null, tags), EventHashes.FingerprintOf("d"u8, 1, null, tags));
        Assert.NotEqual(
            EventHashes.FingerprintOf("d"u8, 1, null, tags), EventHashes.FingerprintOf("d"u8, 1, null, changed));
    }
}
