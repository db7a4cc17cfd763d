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
        "augmentation", ("hflip", ImageAugmentations.HorizontalFlip), ("vflip", ImageAugmentations.VerticalFlip), ("brightness", ImageAugmentations.Brightness),
        ("shift", ImageAugmentations.Shift), ("crop", ImageAugmentations.Crop), ("rotate", ImageAugmentations.Rotation), ("contrast", ImageAugmentations.Contrast),
        ("jitter", ImageAugmentations.ColorJitter), ("cutout", ImageAugmentations.Cutout), ("anew", ImageAugmentations.Anew));

    private static readonly Words<ImageAugmentations> AugmentationSets = new(
        "set of augmentations", ("none", ImageAugmentations.None), ("paper", TrainingRecipe.PaperAugmentations), ("standard", TrainingRecipe.PixelAugmentations),
        ("strong", Augmentations.Known.Aggregate(ImageAugmentations.None, (all, known) => all | known.Value)));

    private static readonly Words<OptimizerKind> Optimizers = new(
        "optimizer", ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW), ("sgd", OptimizerKind.Sgd));

    private static readonly Words<LossKind> Losses = new("loss", ("focal", LossKind.Focal), ("cross-entropy", LossKind.CrossEntropy), ("binary-cross-entropy", LossKind.BinaryCrossEntropy));

    private static readonly Words<LogSignatureBasis?> Bases = new(
        "log-signature", ("none", null), ("words", LogSignatureBasis.Words), ("brackets", LogSignatureBasis.Brackets), ("expanded", LogSignatureBasis.Expanded));

    private static readonly Words<ModelInput> Inputs = new("input", ("signatures", ModelInput.Signatures), ("pixels", ModelInput.Pixels));

    private static readonly Words<ImageFit> Fits = new("fit", ("stretch", ImageFit.Stretch), ("crop", ImageFit.Crop), ("letterbox", ImageFit.Letterbox));

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
        : string.Join(',', Augmentations.Known.Where(known => augmentations.HasFlag(known.Value)).Select(known => known.Word));

    /// <summary>Of words with commas between them, or the name of a set: "none", "paper", "standard" or "strong".</summary>
    public static ImageAugmentations Augmentation(string words) => AugmentationSets.Known.Any(set => set.Word == words)
        ? AugmentationSets.Value(words)
        : words.Split(',', StringSplitOptions.TrimEntries).Select(Augmentations.Value).Aggregate(ImageAugmentations.None, (all, one) => all | one);

    /// <summary>The words for the values of one setting.</summary>
    /// <param name="setting">What a message calls it.</param>
    /// <param name="known">In the order of messages.</param>
    private sealed class Words<T>(string setting, params (string Word, T Value)[] known)
    {
        public IReadOnlyList<(string Word, T Value)> Known => known;

        public string Of(T value) => known.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Word;

        public T Value(string word)
        {
            int index = Array.FindIndex(known, entry => entry.Word == word);
            return index >= 0
                ? known[index].Value
                : throw new SettingException($"There is no {setting} '{word}'; choose from {string.Join(", ", known.Select(entry => entry.Word))}.");
        }
    }
}
