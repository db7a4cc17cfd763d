using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>How an image becomes what a model eats: signatures of its rows and columns, or its pixels. Part of the model file, so that serving sees what
/// training saw.</summary>
public sealed record FeatureOptions
{
    private const int ColorChannels = 3, DefaultDepth = 4;

    /// <summary>Signatures or pixels. With pixels, everything below about paths must stay at its default.</summary>
    public ModelInput Input { get; init; }

    /// <summary>Columns after resizing, in pixels.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Rows after resizing, in pixels.</summary>
    public int Height { get; init; } = 64;

    /// <summary>What <see cref="Width"/> and <see cref="Height"/> may be.</summary>
    public static Bounds SizeBounds { get; } = Bounds.Whole(1, 4096);

    /// <summary>How another aspect ratio is brought to this size; the bars of a letterbox are black.</summary>
    public ImageFit Fit { get; init; }

    /// <summary>Whether a JPEG is decoded at the smallest of 1/1, 1/2, 1/4 and 1/8 of its size from which fitting only shrinks, instead of whole.</summary>
    public bool ScaledDecoding { get; init; }

    /// <summary>The truncation depth N of the signature, at least 1.</summary>
    public int Depth { get; init; } = DefaultDepth;

    /// <summary>What <see cref="Depth"/> may be.</summary>
    public static Bounds DepthBounds { get; } = Bounds.Whole(1, 12);

    /// <summary>Whether the columns are paths too, after the rows.</summary>
    public bool TwoDirection { get; init; }

    /// <summary>Whether every path starts at black, which makes absolute color visible.</summary>
    public bool Basepoint { get; init; }

    /// <summary>Whether time, 0 at a path's first point and 1 at its last, is a fourth channel: it makes the pace visible.</summary>
    public bool Time { get; init; }

    /// <summary>The basis of the log-signature to take instead of the signature; null for the signature.</summary>
    public LogSignatureBasis? LogSignature { get; init; }

    /// <summary>ε of the signed roots (<see cref="SignedRoots"/>) that are taken of every (log-)signature; 0 for none. A model that takes signatures of its own
    /// has roots of its own.</summary>
    public float Roots { get; init; }

    /// <summary>What <see cref="Roots"/> may be.</summary>
    public static Bounds RootsBounds { get; } = Bounds.Number(SignedRoots.MinEpsilon, SignedRoots.MaxEpsilon) with { AllowsZero = true };

    /// <summary>Whether each feature is brought to mean 0 and variance 1 over the training set.</summary>
    public bool Standardize { get; init; }

    /// <summary>S: the number of paths of one image.</summary>
    public int Streams => TwoDirection ? Height + Width : Height;

    /// <summary>C: the three colors, and time.</summary>
    public int Channels => Time ? ColorChannels + 1 : ColorChannels;

    /// <summary>F: the number of terms of one path, <c>C + C² + … + C^N</c>, or as many as the basis of the log-signature has.</summary>
    public int FeatureCount => LogSignature is LogSignatureBasis.Words or LogSignatureBasis.Brackets
        ? LyndonWords.CountUpTo(Channels, Depth)
        : new SignatureLayout(Channels, Depth).Length;

    /// <summary>The shape of one sample: [S, F] signatures, or [H, W, 3] pixels.</summary>
    public Shape SampleShape => Input == ModelInput.Pixels ? new(Height, Width, ColorChannels) : new(Streams, FeatureCount);

    /// <summary>How a file is decoded for these features: nothing damaged, and no more than is needed.</summary>
    public DecodeOptions ToDecodeOptions() => new() { Strict = true, NeededSize = ScaledDecoding ? (Width, Height) : null, NeededFit = Fit };

    /// <summary>Throws unless every value is within its bounds.</summary>
    /// <exception cref="SettingException">The message names the value and the bounds.</exception>
    public void Check()
    {
        if (!Enum.IsDefined(Fit) || !Enum.IsDefined(Input) || (LogSignature is { } basis && !Enum.IsDefined(basis)))
            throw new SettingException($"Fit {Fit}, input {Input} and log-signature {LogSignature} were given, of which one is none of those that there are.");
        SizeBounds.Check("The width of the images", Width);
        SizeBounds.Check("The height of the images", Height);
        DepthBounds.Check("The depth of the signatures", Depth);
        RootsBounds.Check("The epsilon of the signed roots", Roots);
        if (Input == ModelInput.Pixels)
        {
            if (Depth != DefaultDepth || TwoDirection || Basepoint || Time || Standardize || LogSignature is not null)
                throw new SettingException("Pixels have no paths: depth, two directions, basepoint, time, log-signature and standardizing go with models that take signatures (fc, conv, attention).");
            if (Roots != 0)
                throw new SettingException("Pixels have no signatures to take roots of; those that grid takes by itself have their roots in its own settings.");
        }
        else if ((long)Streams * FeatureCount > 1 << 28)
            throw new SettingException($"{Streams} paths of {FeatureCount} features are too many for one image; choose a smaller size or depth.");
    }
}
