using System.Globalization;

namespace ImageSig.Cli.Display;

/// <summary>Numbers as people read them; the same in every culture.</summary>
internal static class Quantity
{
    /// <summary>0.9134 as <c>91.3 %</c>.</summary>
    public static string Percent(double fraction) =>
        double.IsNaN(fraction) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F1} %");

    /// <summary>Three decimals, for precision, recall and F1; a dash where the quotient has no denominator.</summary>
    public static string Fraction(double fraction) =>
        double.IsNaN(fraction) ? "-" : fraction.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>37112 as <c>37,112</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Steps per second with about three digits.</summary>
    public static string Rate(double perSecond) => string.Create(
        CultureInfo.InvariantCulture, $"{(perSecond >= 100 ? $"{perSecond:F0}" : perSecond >= 10 ? $"{perSecond:F1}" : $"{perSecond:F2}")}/s");

    /// <summary>Milliseconds, seconds or minutes, whichever has a readable number.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F1} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>A file's size: <c>148.9 KB</c>, with 1 KB = 1,000 bytes as file managers and shops count.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F2} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
    };
}
