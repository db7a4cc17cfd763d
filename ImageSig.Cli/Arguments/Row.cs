using System.CommandLine;
using System.Globalization;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>One setting on the command line: the option that gives it, and how a value that was given gets into <typeparamref name="TSettings"/>.</summary>
/// <param name="option">The option.</param>
/// <param name="set">Puts the value that was given into settings.</param>
/// <param name="text">The value of settings as it would be written.</param>
/// <param name="means">Where several rows share the option: whether the value that was given is of this one.</param>
internal sealed class Row<TSettings>(Option option, Func<ParseResult, TSettings, TSettings> set, Func<TSettings, string> text, Func<ParseResult, bool>? means = null)
{
    /// <summary>Name, help and bounds.</summary>
    public Option Option => option;

    /// <summary>Whether it means something only to models that take signatures.</summary>
    public bool NeedsSignatures { get; private init; }

    /// <summary>The same row, which means something only to models that take signatures.</summary>
    public Row<TSettings> ForSignatures() => new(option, set, text, means) { NeedsSignatures = true };

    /// <summary>Whether it means something only where there are teachers.</summary>
    public bool NeedsTeachers { get; private init; }

    /// <summary>The same row, which means something only where there are teachers.</summary>
    public Row<TSettings> ForTeachers() => new(option, set, text, means) { NeedsTeachers = true };

    /// <summary>Whether the command line gives it.</summary>
    public bool IsGiven(ParseResult parse) => parse.IsGiven(option) && means?.Invoke(parse) != false;

    /// <summary><paramref name="settings"/> with what the command line gives, if it does.</summary>
    public TSettings Apply(ParseResult parse, TSettings settings) => IsGiven(parse) ? set(parse, settings) : settings;

    /// <summary>The value as it would be written on the command line.</summary>
    public string Text(TSettings settings) => text(settings);
}

/// <summary>Makes the rows of one part of the settings.</summary>
/// <param name="part">Gets the part.</param>
/// <param name="with">The settings with another part.</param>
internal sealed class Rows<TSettings, TPart>(Func<TSettings, TPart> part, Func<TSettings, TPart, TSettings> with)
{
    public Row<TSettings> Whole(string name, Bounds bounds, string help, Func<TPart, int> get, Func<TPart, int, TPart> set) =>
        Of(OptionKinds.Whole(name, bounds, help), get, set, value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Numbers are kept in single precision, and written as such.</summary>
    public Row<TSettings> Number(string name, Bounds bounds, string help, Func<TPart, double> get, Func<TPart, double, TPart> set) =>
        Of(OptionKinds.Number(name, bounds, help), get, set, value => ((float)value).ToString(CultureInfo.InvariantCulture));

    public Row<TSettings> Switch(string name, string help, Func<TPart, bool> get, Func<TPart, bool, TPart> set) =>
        Of(OptionKinds.Switch(name, help), get, set, value => value ? "true" : "false");

    /// <summary>One of a few values, each with a word.</summary>
    public Row<TSettings> Choice<TValue>(
        string name, string help, IReadOnlyList<TValue> values, Func<TValue, string> word, Func<TPart, TValue> get, Func<TPart, TValue, TPart> set)
    {
        // By its place: the library hands on no value that is null.
        Option<int> option = OptionKinds.Choice(name, help, [.. Sequences.Range(0, values.Count)], place => word(values[place]));
        return new(option, (parse, settings) => with(settings, set(part(settings), values[parse.GetValue(option)])), settings => word(get(part(settings))));
    }

    public Row<TSettings> Of<TValue>(Option<TValue> option, Func<TPart, TValue> get, Func<TPart, TValue, TPart> set, Func<TValue, string> text) => new(
        option,
        (parse, settings) => with(settings, set(part(settings), parse.GetValue(option)!)),
        settings => text(get(part(settings))));
}
