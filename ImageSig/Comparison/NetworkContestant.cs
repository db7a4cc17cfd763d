using ImageSig.Imaging;

namespace ImageSig.Comparison;

/// <summary>A network with its recipe.</summary>
internal sealed class NetworkContestant(string name, string description, TrainingRecipe recipe) : Contestant(name, description)
{
    public override string Identity => TrainingFingerprint.Of(recipe, [], []).ToJson();

    public override bool HasModel => true;

    public override Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingRecipe own = recipe.WithTraining(options => options with
        {
            Seed = settings.Seed, Threads = settings.Threads, Epochs = settings.Epochs ?? options.Epochs,
        });
        return new Network(ImageClassifier.Train(sets.Training, own, sets.Validation, progress, cancellationToken: cancellationToken).Classifier);
    }

    private sealed class Network(ImageClassifier classifier) : Trained(classifier.Extractor)
    {
        public override long Parameters => classifier.Model.ParameterCount;

        public override long Bytes { get; } = SizeOf(classifier);

        public override long MultiplyAdds => classifier.Model.MultiplyAdds;

        public override void Answer(Image image, Span<float> chances)
        {
            Prediction prediction = classifier.Predict(image);
            for (int label = 0; label < chances.Length; label++)
                chances[label] = prediction.Probabilities[label].Probability;
        }

        public override void Save(string path) => classifier.Save(path);

        private static long SizeOf(ImageClassifier classifier)
        {
            using MemoryStream stream = new();
            classifier.Save(stream);
            return stream.Length;
        }
    }
}
