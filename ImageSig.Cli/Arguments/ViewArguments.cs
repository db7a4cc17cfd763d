using System.CommandLine;
using System.Globalization;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that say how a picture is looked at: as a model gets it, or at a size, fit and scale of one's own.</summary>
internal sealed class ViewArguments
{
    private readonly Option<string> model = OptionKinds.Path("--model", "MODEL", "Show what this model gets: its size, fit and scale", "-m");
    private readonly Option<ImageSize> size = ImageSize.Option("--size", Bounds.Whole(1, 16384), "Size to bring the picture to, by area averaging [default: its own]");
    private readonly Option<ImageFit> fit = OptionKinds.Fit("What happens to a picture of another shape [default: stretch]");
    private readonly Option<int> scale = OptionKinds.Choice(
        "--scale", "Decode a JPEG at 1/N of its size [default: the smallest that covers --size, as in training's default recipe; else 1]",
        [1, 2, 4, 8], divisor => divisor.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[model, size, fit, scale])
            command.Add(option);
    }

    /// <summary>How to decode the file and what to fit the picture to; without a size it stays as it is.</summary>
    /// <exception cref="UsageException">A model decides what was given beside it.</exception>
    /// <exception cref="ModelFileException">The model cannot be read.</exception>
    public (DecodeOptions Decoding, ImageSize? Size, ImageFit Fit) Read(ParseResult parse)
    {
        if (parse.GetValue(model) is not { } path)
        {
            if (parse.IsGiven(fit) && !parse.IsGiven(size))
                throw new UsageException("--fit says how a picture is brought to a size; give --size too.");
            ImageSize? wanted = parse.IsGiven(size) ? parse.GetValue(size) : null;
            DecodeOptions decoding = parse.IsGiven(scale)
                ? new() { Scale = parse.GetValue(scale) }
                : new() { NeededSize = wanted is { } needed ? (needed.Width, needed.Height) : null, NeededFit = parse.GetValue(fit) };
            return (decoding, wanted, parse.GetValue(fit));
        }
        if (((Option[])[size, fit, scale]).FirstOrDefault(parse.IsGiven) is { } other)
            throw new UsageException($"{other.Name} and --model were given; the model decides on size, fit and scale: leave one of the two out.");
        FeatureOptions features = ImageClassifier.Load(path).Features;
        // Of a damaged file, too, there is something to see.
        return (features.ToDecodeOptions() with { Strict = false }, new ImageSize(features.Width, features.Height), features.Fit);
    }
}
