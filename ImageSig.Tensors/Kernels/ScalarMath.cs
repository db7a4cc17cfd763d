namespace ImageSig.Tensors.Kernels;

/// <summary>Elementary functions from polynomials and bits, the same on every platform (MathF's come from the system's library).</summary>
internal static class ScalarMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>eˣ in double. Relative error below 4e-16 for |x| up to 700; 0 below −708, ∞ above 709.43.</summary>
    /// <remarks><c>eˣ = 2ⁿ eʳ</c> with <c>|r| ≤ ln 2 / 2</c> and eʳ from its Taylor series to r¹³, whose rest is below 2e-17.</remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.43)
            return double.PositiveInfinity;
        if (x < -708)
            return 0;
        double n = Math.Round(x * Log2E);
        double r = x - n * Ln2High - n * Ln2Low;
        double sum = 1;
        for (int i = 13; i > 0; i--)
            sum = 1 + r / i * sum;
        return sum * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }

    /// <summary>ln x in double. Relative error below 1e-15; −∞ at 0, NaN below.</summary>
    /// <remarks><c>x = 2ⁿ m</c> with m in [√½, √2), and <c>ln m = 2 artanh((m − 1)/(m + 1))</c> by its series.</remarks>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
            return double.NaN;
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x))
            return x;
        int n = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984;
            n = -54;
        }
        long bits = BitConverter.DoubleToInt64Bits(x);
        n += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            n++;
        }
        double s = (m - 1) / (m + 1);
        double square = s * s;
        double sum = 0;
        for (int i = 21; i >= 1; i -= 2)
            sum = sum * square + 1.0 / i;
        return n * Ln2High + (n * Ln2Low + 2 * s * sum);
    }

    /// <summary>cos(π x) in double for x in [0, 1]. Error below 1e-15.</summary>
    public static double CosPi(double x)
    {
        // About its zero at ½: cos(πx) = sin(π(½ − x)).
        double t = Math.PI * (0.5 - x);
        double square = t * t;
        double sum = 1;
        for (int i = 25; i >= 3; i -= 2)
            sum = 1 - square / (i * (i - 1)) * sum;
        return t * sum;
    }
}
