using CsCheck;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;

namespace Tally.Domain.Tests.Counting;

public sealed class SeenEventsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(8);

    /// <summary>An eighth more than the window, and the seconds that rounding takes.</summary>
    private static readonly TimeSpan LongestMemory = (Window * 1.125) + TimeSpan.FromSeconds(2);

    [Fact]
    public void Forget_BeforeTheWindowIsOver_KeepsTheId()
    {
        var seen = new SeenEvents();
        seen.Add(1, 11, TestBooks.Noon);
        seen.Forget(TestBooks.Noon + Window, Window);
        Assert.True(seen.TryGet(1, out var fingerprint));
        Assert.Equal(11UL, fingerprint);
    }

    [Fact]
    public void Forget_AnEighthAfterTheWindow_ForgetsWhatIsOlderOnly()
    {
        var seen = new SeenEvents();
        seen.Add(1, 11, TestBooks.Noon);
        seen.Add(2, 22, TestBooks.Noon.AddHours(2));
        seen.Forget(TestBooks.Noon + Window + (Window / 8) + TimeSpan.FromSeconds(1), Window);
        Assert.False(seen.TryGet(1, out _));
        Assert.True(seen.TryGet(2, out _));
        Assert.Equal(1, seen.Count);
    }

    [Fact]
    public void Forget_AnyArrivals_RemembersTheWindowAndNotMuchLonger() =>
        Gen.Select(Gen.Int[0, 200_000].Array[1, 40], Gen.Int[0, 300_000].Array[1, 10], Gen.Bool).Sample(
            (arrivals, moments, restores) =>
            {
                var seen = new SeenEvents();
                for (var id = 0; id < arrivals.Length; id++)
                {
                    seen.Add((UInt128)id, (ulong)id, TestBooks.Noon.AddSeconds(arrivals[id]));
                }

                foreach (var moment in moments.Order().Select(seconds => TestBooks.Noon.AddSeconds(seconds)))
                {
                    seen.Forget(moment, Window);
                    seen = restores ? Restored(seen) : seen;
                    for (var id = 0; id < arrivals.Length; id++)
                    {
                        var age = moment - TestBooks.Noon.AddSeconds(arrivals[id]);
                        var isKnown = seen.TryGet((UInt128)id, out var fingerprint);
                        Assert.True(isKnown || age > Window, "An id was forgotten too early.");
                        Assert.True(!isKnown || age <= LongestMemory, "An id stayed too long.");
                        Assert.Equal(isKnown ? (ulong)id : 0, fingerprint);
                    }
                }
            },
            iter: 1_000);

    [Fact]
    public void Forget_SteadyStream_KeepsMemoryBounded()
    {
        var seen = new SeenEvents();
        for (var minute = 0; minute < 10_000; minute++)
        {
            seen.Add((UInt128)minute, 0, TestBooks.Noon.AddMinutes(minute));
            seen.Forget(TestBooks.Noon.AddMinutes(minute), Window);
            Assert.InRange(seen.Count, 0, (int)(Window.TotalMinutes * 1.125) + 2);
        }
    }

    [Fact]
    public void Read_IdThatIsThereTwice_IsAFormatException()
    {
        var seen = new SeenEvents();
        seen.Add(1, 11, TestBooks.Noon);
        var writer = new PayloadWriter();
        seen.Write(writer);
        byte[] bytes = [.. writer.Written.Span];
        byte[] twice = [.. bytes, .. bytes.AsSpan(bytes.Length - 32)];
        twice[Array.IndexOf(twice, (byte)1)] = 2;
        Assert.Throws<FormatException>(() => ReadFrom(twice));
    }

    private static SeenEvents Restored(SeenEvents seen)
    {
        var writer = new PayloadWriter();
        seen.Write(writer);
        return ReadFrom(writer.Written.Span);
    }

    private static SeenEvents ReadFrom(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes);
        var seen = SeenEvents.Read(ref reader);
        Assert.True(reader.IsAtEnd);
        return seen;
    }
}
