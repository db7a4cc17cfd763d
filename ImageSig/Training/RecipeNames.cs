using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The words that stand for settings on the command line and in model files. A word that is not known is a <see cref="SettingException"/>, whose message
/// lists those that are.</summary>
internal static class RecipeNames
{
    private static readonly Words<ImageAugmentations> Augmentations = new(
        "augmentation", new("hflip", ImageAugmentations.HorizontalFlip), new("vflip", ImageAugmentations.VerticalFlip), new("brightness", ImageAugmentations.Brightness),
        new("shift", ImageAugmentations.Shift), new("crop", ImageAugmentations.Crop), new("rotate", ImageAugmentations.Rotation), new("contrast", ImageAugmentations.Contrast),
        new("jitter", ImageAugmentations.ColorJitter), new("cutout", ImageAugmentations.Cutout), new("anew", ImageAugmentations.Anew));

    private static readonly Words<ImageAugmentations> AugmentationSets = new(
        "set of augmentations", new("none", ImageAugmentations.None), new("paper", TrainingRecipe.PaperAugmentations), new("standard", TrainingRecipe.PixelAugmentations),
        new("strong", Augmentations.Known.Aggregate(ImageAugmentations.None, (all, known) => all | known.Value)));

    private static readonly Words<OptimizerKind> Optimizers = new(
        "optimizer", new("adam", OptimizerKind.Adam), new("adamw", OptimizerKind.AdamW), new("sgd", OptimizerKind.Sgd));

    private static readonly Words<LossKind> Losses = new("loss", new("focal", LossKind.Focal), new("cross-entropy", LossKind.CrossEntropy), new("binary-cross-entropy", LossKind.BinaryCrossEntropy));

    private static readonly Words<LogSignatureBasis?> Bases = new(
        "log-signature", new("none", null), new("words", LogSignatureBasis.Words), new("brackets", LogSignatureBasis.Brackets), new("expanded", LogSignatureBasis.Expanded));

    private static readonly Words<ModelInput> Inputs = new("input", new("signatures", ModelInput.Signatures), new("pixels", ModelInput.Pixels));

    private static readonly Words<ImageFit> Fits = new("fit", new("stretch", ImageFit.Stretch), new("crop", ImageFit.Crop), new("letterbox", ImageFit.Letterbox));

    public static string Of(OptimizerKind optimizer) => Optimizers.Of(optimizer);

    public static OptimizerKind Optimizer(string word) => Optimizers.Value(word);

    public static string Of(LossKind loss) => Losses.Of(loss);

    public static LossKind Loss(string word) => Losses.Value(word);

    /// <summary>"none" for the signature itself.</summary>
    public static string Of(LogSignatureBasis? basis) => Bases.Of(basis);

    public static LogSignatureBasis? LogSignature(string word) => Bases.Value(word);

    public static string Of(ModelInput input) => Inputs.Of(input);

    public static ModelInput Input(string word) => Inputs.Value(word);

    public static string Of(ImageFit fit) => Fits.Of(fit);

    public static ImageFit Fit(string word) => Fits.Value(word);

    /// <summary>Whether all of these have a name.</summary>
    public static bool AreKnown(ImageAugmentations augmentations) => Augmentations.Known.Aggregate(augmentations, (rest, known) => rest & ~known.Value) == ImageAugmentations.None;

    /// <summary>Such as "hflip,brightness"; "none" for none.</summary>
    public static string Of(ImageAugmentations augmentations) => augmentations == ImageAugmentations.None
        ? "none"
        : string.Join(',', Augmentations.Known.Where(known => augmentations.HasFlag(known.Value)).Select(known => known.Name));

    /// <summary>Of words with commas between them, or the name of a set: "none", "paper", "standard" or "strong".</summary>
    public static ImageAugmentations Augmentation(string words) => AugmentationSets.Known.Any(set => set.Name == words)
        ? AugmentationSets.Value(words)
        : words.Split(',', StringSplitOptions.TrimEntries).Select(Augmentations.Value).Aggregate(ImageAugmentations.None, (all, one) => all | one);

    /// <summary>The words for the values of one setting.</summary>
    /// <param name="setting">What a message calls it.</param>
    /// <param name="known">In the order of messages.</param>
    private sealed class Words<T>(string setting, params Named<T>[] known)
    {
        public IReadOnlyList<Named<T>> Known => known;

        public string Of(T value) => known.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Name;

        public T Value(string word)
        {
            int index = Array.FindIndex(known, entry => entry.Name == word);
            return index >= 0
                ? known[index].Value
                : throw new SettingException($"There is no {setting} '{word}'; choose from {string.Join(", ", known.Select(entry => entry.Name))}.");
        }
    }
}
