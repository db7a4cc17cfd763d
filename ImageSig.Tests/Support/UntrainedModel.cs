using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Support;

/// <summary>Models of any setting that nobody trained: every number that training or measuring would change is another than at the start.</summary>
internal static class UntrainedModel
{
    private static readonly string[] Names = ["one", "two", "three"];

    /// <summary>A model of three classes.</summary>
    public static ImageClassifier Of(ModelSpec spec, FeatureOptions features)
    {
        Model model = Model.Create(spec, features.SampleShape, Names.Length, seed: 3);
        Disturb(model.Parameters);
        float[] some = Numbers.Uniform(features.FeatureCount, 7, 0.1f);
        ModelFile file = new(model, features, Names, features.Standardize ? new Standardization(some, [.. some.Select(value => 1 + value)]) : null, new TrainingReport
        {
            Recipe = "none", Options = spec.DefaultTraining, Epochs = 1, ChosenEpoch = 1, Augmentations = default, TrainingImages = [1, 1, 1], ValidationImages = [0, 0, 0],
            UnreadableImages = 0, ValidationAccuracy = 0, ValidationBalancedAccuracy = 0, ValidationLoss = 0,
        });
        return ImageClassifier.Load(new MemoryStream(file.ToBytes()));
    }

    /// <summary>Changes each number a little.</summary>
    public static void Disturb(IEnumerable<Parameter> parameters)
    {
        uint seed = 11;
        foreach (Parameter parameter in parameters)
        {
            float[] some = Numbers.Uniform(parameter.Count, seed++, 0.05f);
            for (int i = 0; i < some.Length; i++)
                parameter.Value.Span[i] += some[i];
        }
    }
}
