using System.Globalization;
using System.Numerics;

namespace ImageSig.Tensors;

/// <summary>Which numbers a setting may be: it checks them, and says so in words.</summary>
public sealed record Bounds
{
    private const string Exact = "0.##########";

    private Bounds(double min, double max) => (Min, Max) = (min, max);

    /// <summary>The smallest number, or with <see cref="ExcludesMin"/> what all are above.</summary>
    public double Min { get; }

    /// <summary>The largest number, or with <see cref="ExcludesMax"/> what all are below.</summary>
    public double Max { get; }

    /// <summary>Whether only whole numbers are possible.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Whether <see cref="Min"/> itself is not possible.</summary>
    public bool ExcludesMin { get; init; }

    /// <summary>Whether <see cref="Max"/> itself is not possible.</summary>
    public bool ExcludesMax { get; init; }

    /// <summary>Whether 0 is possible too, mostly for "off".</summary>
    public bool AllowsZero { get; init; }

    /// <summary>From 0 to below 1.</summary>
    public static Bounds Share { get; } = new(0, 1) { ExcludesMax = true };

    /// <summary>Whole numbers from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Bounds Whole(long min, long max = int.MaxValue) => new(min, max) { IsWhole = true };

    /// <summary>Numbers from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static Bounds Number(double min, double max) => new(min, max);

    /// <summary>Whether a setting may be <paramref name="value"/>; NaN never.</summary>
    public bool Contains(double value) =>
        (AllowsZero && value == 0)
        || ((ExcludesMin ? value > Min : value >= Min) && (ExcludesMax ? value < Max : value <= Max) && (!IsWhole || Math.Floor(value) == value));

    /// <summary>Throws unless a setting may be <paramref name="value"/>.</summary>
    /// <param name="setting">Its name, which the message begins with.</param>
    /// <param name="value">What was given.</param>
    /// <exception cref="SettingException"><c>Training: the batch size is 0; it must be a whole number from 1 to 1000000.</c></exception>
    public void Check<T>(string setting, T value)
        where T : INumber<T>
    {
        if (!Contains(double.CreateSaturating(value)))
            throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{setting} is {value}; it must be {this}."));
    }

    /// <summary>Such as <c>a whole number from 1 to 1000</c> or <c>a number from 0 to below 1</c>.</summary>
    public override string ToString()
    {
        string kind = IsWhole ? "a whole number" : "a number";
        string range = Max == int.MaxValue ? $"of {Text(Min)} or more"
            : ExcludesMin ? $"above {Text(Min)} and {(ExcludesMax ? "below" : "up to")} {Text(Max)}"
            : $"from {Text(Min)} to {(ExcludesMax ? "below " : "")}{Text(Max)}";
        return $"{(AllowsZero ? "0 or " : "")}{kind} {range}";
    }

    private static string Text(double value) => value.ToString(Exact, CultureInfo.InvariantCulture);
}
