namespace ImageSig.Checking;

/// <summary>What can be wrong with a data set, the worst first.</summary>
internal enum CheckKind
{
    /// <summary>A class folder without files, which no training takes.</summary>
    EmptyClass,

    /// <summary>The same or nearly the same picture in two parts that are kept apart: figures on the one are not to be believed.</summary>
    Leak,

    /// <summary>The same or nearly the same picture under two labels: one of them is wrong.</summary>
    TwoLabels,

    /// <summary>A label that models trained on the other pictures do not believe.</summary>
    Label,

    /// <summary>A file that is no picture, or a damaged one.</summary>
    Unreadable,

    /// <summary>The same or nearly the same picture twice within a class.</summary>
    Duplicate,

    /// <summary>Hardly anything to see: one color.</summary>
    Empty,

    /// <summary>Even the brightest parts are dark.</summary>
    Dark,

    /// <summary>Even the darkest parts are bright.</summary>
    Light,

    /// <summary>No edges.</summary>
    Blurry,

    /// <summary>Fewer pixels than a model looks at.</summary>
    Tiny,

    /// <summary>Far longer than wide, or wider than long.</summary>
    Aspect,
}
