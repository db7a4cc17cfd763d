using System.Buffers;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Trains what stands behind a backbone: its features are taken of every sample once, measured, and then train the classifier alone.</summary>
internal static class HeadTraining
{
    /// <summary>Sets the scaling of features and the classifier; the backbone stays as it is.</summary>
    /// <param name="model">Of a <see cref="TransferSpec"/>.</param>
    /// <param name="train">As the first epoch shows them.</param>
    /// <param name="validation">Those that choose the epoch, or null.</param>
    /// <param name="options">How the classifier is trained.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Looked at before every sample and every step.</param>
    public static TrainingSummary Fit(
        Model model, ISampleSource train, ISampleSource? validation, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TransferSpec spec = (TransferSpec)model.Spec;
        BackboneFeatures training = BackboneFeatures.Of(model, train, options.Threads, cancellationToken);
        BackboneFeatures? held = validation is null ? null : BackboneFeatures.Of(model, validation, options.Threads, cancellationToken);
        FeatureScaling scaling = model.LayersOf<FeatureScaling>().First();
        scaling.Measure(training.Samples);
        training.Scale(scaling);
        held?.Scale(scaling);

        Model head = Model.Of([.. spec.Head(training.SampleShape.Count, model.Outputs)], training.SampleShape, options.Seed);
        // A step is so short that threads would wait for each other longer than they work.
        TrainingSummary summary = Trainer.Fit(head, training, held, options with { Threads = 1 }, progress, cancellationToken);
        Dictionary<string, Parameter> ofModel = model.Parameters.ToDictionary(parameter => parameter.Name);
        foreach (Parameter parameter in head.Parameters)
            parameter.Value.Span.CopyTo(ofModel[parameter.Name].Value.Span);
        return summary;
    }

    /// <summary>The features of samples whose teachers answer about the pictures that the features were taken of.</summary>
    private sealed class TaughtFeatures(ITaughtSource source, float[][] samples) : BackboneFeatures(source, samples), ITaughtSource
    {
        public void CopyAnswers(int index, int epoch, float temperature, Span<float> chances) => source.CopyAnswers(index, epoch: 1, temperature, chances);
    }

    /// <summary>The features of samples, in memory.</summary>
    private class BackboneFeatures : ISampleSource
    {
        private readonly ISampleSource source;

        protected BackboneFeatures(ISampleSource source, float[][] samples) => (this.source, Samples) = (source, samples);

        /// <summary>[N][F].</summary>
        public float[][] Samples { get; }

        public int Count => Samples.Length;

        public Shape SampleShape => new(Samples[0].Length);

        public int Label(int index) => source.Label(index);

        public void CopyTargets(int index, Span<float> targets) => source.CopyTargets(index, targets);

        public void CopyTo(int index, Span<float> destination) => Samples[index].CopyTo(destination);

        public void Scale(FeatureScaling scaling)
        {
            foreach (float[] sample in Samples)
                for (int i = 0; i < sample.Length; i++)
                    sample[i] = float.FusedMultiplyAdd(sample[i], scaling.Scale.Value.Span[i], scaling.Shift.Value.Span[i]);
        }

        public static BackboneFeatures Of(Model model, ISampleSource source, int threads, CancellationToken cancellationToken)
        {
            float[][] samples = new float[source.Count][];
            ParallelLoop.For(source.Count, threads, index =>
            {
                float[] pixels = ArrayPool<float>.Shared.Rent(model.Input.Count);
                source.CopyTo(index, epoch: 1, pixels.AsSpan(0, model.Input.Count));
                samples[index] = model.Results(pixels.AsSpan(0, model.Input.Count), count: 1);
                ArrayPool<float>.Shared.Return(pixels);
            }, cancellationToken);
            return source is ITaughtSource taught ? new TaughtFeatures(taught, samples) : new BackboneFeatures(source, samples);
        }
    }
}
