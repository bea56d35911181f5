using Tally.Domain.Encoding;

namespace Tally.Domain.Quantities;

/// <summary>
/// Sums of fractions of a millionth, one for each denominator. What adds up to a whole millionth is given out, so a
/// sum stays below it, and nothing is lost however many there are. The order of adding doesn't change the outcome.
/// </summary>
internal sealed class FractionSums
{
    private readonly List<MicroFraction> _sums = [];

    /// <summary>The sums, by denominator; none is zero.</summary>
    public IReadOnlyList<MicroFraction> Sums => _sums;

    /// <summary>Makes sums of one fraction.</summary>
    /// <param name="fraction">The fraction.</param>
    /// <returns>The sums; null when it is nothing.</returns>
    public static FractionSums? Of(MicroFraction fraction)
    {
        if (fraction.IsZero)
        {
            return null;
        }

        var sums = new FractionSums();
        sums.Add(fraction);
        return sums;
    }

    /// <summary>Adds a fraction.</summary>
    /// <param name="fraction">The fraction.</param>
    /// <returns>A millionth where the sum came to one, else nothing.</returns>
    public Quantity Add(MicroFraction fraction)
    {
        if (fraction.IsZero)
        {
            return Quantity.Zero;
        }

        var at = 0;
        while (at < _sums.Count && _sums[at].Denominator < fraction.Denominator)
        {
            at++;
        }

        if (at == _sums.Count || _sums[at].Denominator != fraction.Denominator)
        {
            _sums.Insert(at, fraction);
            return Quantity.Zero;
        }

        var sum = (Int128)_sums[at].Numerator + fraction.Numerator;
        var isWhole = sum >= fraction.Denominator;
        var left = (long)(isWhole ? sum - fraction.Denominator : sum);
        if (left == 0)
        {
            _sums.RemoveAt(at);
        }
        else
        {
            _sums[at] = fraction with { Numerator = left };
        }

        return new(isWhole ? 1 : 0);
    }

    /// <summary>Adds sums.</summary>
    /// <param name="other">The sums.</param>
    /// <returns>The millionths that came together.</returns>
    public Quantity Add(FractionSums other)
    {
        var whole = Quantity.Zero;
        foreach (var sum in other._sums)
        {
            whole += Add(sum);
        }

        return whole;
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int32(_sums.Count);
        foreach (var sum in _sums)
        {
            writer.Int64(sum.Numerator);
            writer.Int64(sum.Denominator);
        }
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The sums.</returns>
    public static FractionSums Read(ref PayloadReader reader)
    {
        var sums = new FractionSums();
        var count = reader.Count();
        for (var index = 0; index < count; index++)
        {
            var sum = new MicroFraction(reader.Int64(), reader.Int64());
            if (!sum.IsPart || (index > 0 && sums._sums[^1].Denominator >= sum.Denominator))
            {
                throw new FormatException("Sums of fractions that are none, or not by denominator.");
            }

            sums._sums.Add(sum);
        }

        return sums;
    }
}
