using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The words that stand for settings on the command line and in model files.</summary>
internal static class RecipeNames
{
    private static readonly (string Name, ImageAugmentations Augmentation)[] Augmentations =
    [
        ("hflip", ImageAugmentations.HorizontalFlip),
        ("vflip", ImageAugmentations.VerticalFlip),
        ("brightness", ImageAugmentations.Brightness),
        ("shift", ImageAugmentations.Shift),
        ("anew", ImageAugmentations.Anew),
    ];

    private static readonly (string Name, OptimizerKind Optimizer)[] Optimizers = [("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW), ("sgd", OptimizerKind.Sgd)];

    private static readonly (string Name, LossKind Loss)[] Losses = [("focal", LossKind.Focal), ("cross-entropy", LossKind.CrossEntropy)];

    private static readonly (string Name, LogSignatureBasis? Basis)[] Bases =
    [
        ("none", null), ("words", LogSignatureBasis.Words), ("brackets", LogSignatureBasis.Brackets), ("expanded", LogSignatureBasis.Expanded),
    ];

    private static readonly (string Name, ModelInput Input)[] Inputs = [("signatures", ModelInput.Signatures), ("pixels", ModelInput.Pixels)];

    private static readonly (string Name, ImageFit Fit)[] Fits = [("stretch", ImageFit.Stretch), ("crop", ImageFit.Crop), ("letterbox", ImageFit.Letterbox)];

    /// <summary>"adam", "adamw" or "sgd".</summary>
    public static string Of(OptimizerKind optimizer) => Optimizers.First(entry => entry.Optimizer == optimizer).Name;

    /// <summary>"focal" or "cross-entropy".</summary>
    public static string Of(LossKind loss) => Losses.First(entry => entry.Loss == loss).Name;

    /// <summary>Such as "hflip,brightness"; "none" for none.</summary>
    public static string Of(ImageAugmentations augmentations) => augmentations == ImageAugmentations.None
        ? "none"
        : string.Join(',', Augmentations.Where(entry => augmentations.HasFlag(entry.Augmentation)).Select(entry => entry.Name));

    /// <summary>"words", "brackets" or "expanded"; "none" for the signature itself.</summary>
    public static string Of(LogSignatureBasis? basis) => Bases.First(entry => entry.Basis == basis).Name;

    /// <summary>The basis of a name; null for "none".</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static LogSignatureBasis? LogSignature(string name) =>
        Bases[Index(Bases.Select(entry => entry.Name), name, "log-signature")].Basis;

    /// <summary>"signatures" or "pixels".</summary>
    public static string Of(ModelInput input) => Inputs.First(entry => entry.Input == input).Name;

    /// <summary>What a model eats, by name.</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static ModelInput Input(string name) => Inputs[Index(Inputs.Select(entry => entry.Name), name, "input")].Input;

    /// <summary>"stretch", "crop" or "letterbox".</summary>
    public static string Of(ImageFit fit) => Fits.First(entry => entry.Fit == fit).Name;

    /// <summary>The way to fit an image, by name.</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static ImageFit Fit(string name) => Fits[Index(Fits.Select(entry => entry.Name), name, "fit")].Fit;

    /// <summary>The optimizer of a name.</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static OptimizerKind Optimizer(string name) =>
        Optimizers[Index(Optimizers.Select(entry => entry.Name), name, "optimizer")].Optimizer;

    /// <summary>The loss of a name.</summary>
    /// <exception cref="SettingException">Not known; the message lists those that are.</exception>
    public static LossKind Loss(string name) => Losses[Index(Losses.Select(entry => entry.Name), name, "loss")].Loss;

    /// <summary>The augmentations of a list of names with commas between them, or "none".</summary>
    /// <exception cref="SettingException">A name is not known; the message lists those that are.</exception>
    public static ImageAugmentations Augmentation(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names == "none"
            ? ImageAugmentations.None
            : names.Split(',', StringSplitOptions.TrimEntries)
                .Select(name => Augmentations[Index(Augmentations.Select(entry => entry.Name), name, "augmentation")].Augmentation)
                .Aggregate((left, right) => left | right);
    }

    private static int Index(IEnumerable<string> known, string name, string what)
    {
        string[] names = [.. known];
        int index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw new SettingException($"There is no {what} '{name}'; choose from {string.Join(", ", names)}.");
    }
}
