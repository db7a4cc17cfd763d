using ImageSig.Import;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>A model like another one with weights that were trained elsewhere: docs/export.md says what the file must hold.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <param name="like">The model whose network, preprocessing and classes it has. Its temperature and what it knows of unknown images belong to its own weights, and are left out.</param>
    /// <param name="layout">Of the weights; null to be told by their shapes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The weights do not fit; the message names the first that does not.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImageClassifier Import(string path, ImageClassifier like, WeightLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(like);
        return Import(path, like.Model.Spec, like.Features, like.Classes, like.Standardization, layout, like.HasAttributes);
    }

    /// <summary>A model of weights that were trained elsewhere: docs/export.md says what the file must hold.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <param name="model">The network.</param>
    /// <param name="features">What it takes. Where features are standardized, the file holds mean and scale.</param>
    /// <param name="classes">Their names, in the order of the outputs; at least two.</param>
    /// <param name="layout">Of the weights; null to be told by their shapes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The weights do not fit; the message names the first that does not.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="SettingException">The network cannot be built, or takes other features.</exception>
    public static ImageClassifier Import(string path, ModelSpec model, FeatureOptions features, IReadOnlyList<string> classes, WeightLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count < 2 || classes.Distinct(StringComparer.Ordinal).Count() != classes.Count || classes.Any(string.IsNullOrEmpty))
            throw new SettingException($"The classes are named {string.Join(", ", classes)}; at least two different names are needed.");
        if (model.Input != features.Input)
            throw new SettingException($"The model {model.Name} takes {RecipeNames.Of(model.Input)}, and the features are {RecipeNames.Of(features.Input)}.");
        return Import(path, model, features, classes, standardization: null, layout, hasAttributes: false);
    }

    private static ImageClassifier Import(
        string path, ModelSpec spec, FeatureOptions features, IReadOnlyList<string> classes, Standardization? standardization, WeightLayout? layout, bool hasAttributes)
    {
        (Model model, Standardization? own) = WeightImport.Read(path, spec, features, classes.Count, standardization, layout);
        int[] none = new int[classes.Count];
        return new ImageClassifier(new ModelFile(model, features, classes, own, new TrainingReport
        {
            Recipe = TrainingReport.Imported,
            Options = spec.DefaultTraining,
            Epochs = 0,
            ChosenEpoch = 0,
            Augmentations = ImageAugmentations.None,
            TrainingImages = none,
            ValidationImages = none,
            UnreadableImages = 0,
        }) { HasAttributes = hasAttributes });
    }
}
