using ImageSig.Checking;

namespace ImageSig.Cli.Display;

/// <summary>What is said of each kind of finding.</summary>
/// <param name="Word">Its name, in tables and files.</param>
/// <param name="Told">What it is, for one and for several findings.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Action">The same in a word, for the list of what to mend.</param>
/// <param name="One">What one finding is about.</param>
/// <param name="Several">What several are about.</param>
internal sealed record CheckWords(string Word, string Told, string Advice, string Action, string One = "picture", string Several = "pictures")
{
    /// <summary>The words of a kind.</summary>
    public static CheckWords Of(CheckKind kind) => kind switch
    {
        CheckKind.EmptyClass => new("empty-class", "without a file", "no training takes them; add pictures, or remove the folder", "fill", "class", "classes"),
        CheckKind.Leak => new("leak", "in more than one part", "keep each picture in one part, or the figures on the others are too good", "remove"),
        CheckKind.TwoLabels => new("two-labels", "under two labels", "look which one is right, and remove the other", "look"),
        CheckKind.Label => new("label", "perhaps under the wrong label", "look at them, the first ones first", "relabel"),
        CheckKind.Unreadable => new("unreadable", "unreadable or damaged", "they are left out of a training; convert, replace or remove them", "look"),
        CheckKind.Duplicate => new("duplicate", "more than once in a class", "one copy is enough", "remove"),
        CheckKind.Empty => new("empty", "nearly of one color", "remove them, unless that is what the class is about", "look"),
        CheckKind.Dark => new("dark", "very dark", "remove them, unless the camera will see such too", "look"),
        CheckKind.Light => new("light", "very light", "remove them, unless the camera will see such too", "look"),
        CheckKind.Blurry => new("blurry", "without fine detail", "remove them, unless the camera will see such too", "look"),
        CheckKind.Tiny => new("tiny", "smaller than what models look at", "use larger ones where there are", "look"),
        CheckKind.Aspect => new("aspect", "far from square", "crop them to what matters: a model sees a square", "look"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
