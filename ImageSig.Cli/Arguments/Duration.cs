using System.Globalization;

namespace ImageSig.Cli.Arguments;

/// <summary>Durations as people write them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>.</summary>
internal static class Duration
{
    /// <summary>What is expected, in words.</summary>
    public const string Expected = "a time such as 90s, 10m or 1h30m";

    private static readonly (char Unit, TimeSpan Length)[] Units = [('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    /// <summary>The duration that a text stands for; null where it stands for none, or for nothing.</summary>
    public static TimeSpan? Parse(string text)
    {
        TimeSpan sum = TimeSpan.Zero;
        int unit = 0;
        while (text.Length > 0)
        {
            int digits = text.TakeWhile(char.IsAsciiDigit).Count();
            // Each unit once, the longest first; beyond a year it is a mistake.
            unit = digits == text.Length ? Units.Length : Array.FindIndex(Units, unit, known => known.Unit == text[digits]);
            if (unit < 0 || unit == Units.Length || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > 31_536_000)
                return null;
            sum += count * Units[unit++].Length;
            text = text[(digits + 1)..];
        }
        return sum > TimeSpan.Zero && sum <= TimeSpan.FromDays(365) ? sum : null;
    }
}
