using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig.Comparison;

/// <summary>The first baseline: logistic regression on 32x32 pixels, <c>softmax(xW + b)</c>.</summary>
internal sealed class PixelContestant() : Contestant("pixels", "32x32 pixels, logistic regression")
{
    private static readonly FeatureOptions Pixels = new() { Input = ModelInput.Pixels, Width = 32, Height = 32, ScaledDecoding = true };

    private static readonly TrainingOptions Regression = new()
    {
        Epochs = 60, BatchSize = 64, Optimizer = OptimizerKind.AdamW, LearningRate = 0.001f, WeightDecay = 0.1f, Schedule = new CosineSchedule(),
    };

    public override Trained Train(ImageSplits sets, ContestSettings settings, IProgress<PipelineProgress>? progress, CancellationToken cancellationToken)
    {
        FeatureExtractor extractor = new(Pixels);
        using LoadedImages loaded = LoadedImages.Load(sets.Training, extractor, settings.Threads, progress, cancellationToken);
        FeatureSource source = new(new AugmentedImages(loaded.Images, ImageAugmentations.None, settings.Seed), extractor, memoryLimit: 0);
        int inputs = extractor.SampleLength, classes = sets.Training.ToClasses().Classes.Count;
        Model model = Model.Of([new Flatten("flatten"), new Dense("dense", inputs, classes, startsSmall: true)], extractor.SampleShape, settings.Seed);
        TrainingOptions options = Regression with { Seed = settings.Seed, Threads = settings.Threads };
        Trainer.Fit(model, source, null, options, new TrainerProgress(source.Count, PipelineStage.Train, 0, 1, progress), cancellationToken);
        return new Regressor(model, extractor);
    }

    private sealed class Regressor(Model model, FeatureExtractor extractor) : Trained(extractor)
    {
        public override long Parameters => model.ParameterCount;

        public override long Bytes => sizeof(float) * model.ParameterCount;

        public override long MultiplyAdds => model.MultiplyAdds;

        public override void Answer(Image image, Span<float> chances)
        {
            float[] features = new float[Extractor.SampleLength];
            Extractor.Extract(image, features);
            model.Predict(features, 1, chances);
        }
    }
}
