using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;

namespace ImageSig.Cli.Watch;

/// <summary>A part of every day by the local clock; where it ends before it begins it goes over midnight.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after it.</param>
internal readonly record struct DailyHours(TimeOnly From, TimeOnly To)
{
    /// <summary><c>--between 07:00-19:30</c>.</summary>
    public static Option<DailyHours?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HH:MM-HH:MM",
        CustomParser = argument =>
        {
            string[] ends = OptionKinds.Only(argument).Split('-');
            return ends.Length == 2 && Parse(ends[0]) is { } from && Parse(ends[1]) is { } to && from != to
                ? new DailyHours(from, to)
                : OptionKinds.Refuse<DailyHours?>(argument, name, "two different times of day, such as 07:00-19:30");
        },
    };

    /// <summary>Whether a time of day is in it.</summary>
    public bool Contains(TimeOnly time) => time.IsBetween(From, To);

    private static TimeOnly? Parse(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;
}
