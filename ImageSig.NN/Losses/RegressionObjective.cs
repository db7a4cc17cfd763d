using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Numbers: mean squared error. Nothing is right or wrong, so that the loss alone chooses the epoch.</summary>
internal sealed class RegressionObjective : Objective
{
    public override Tensor OnTape(Tape tape, Tensor scores, ISampleSource source, ReadOnlySpan<int> samples, int epoch, float scale) =>
        tape.MeanSquaredError(scores, Targets.Of(tape, scores.Shape, source, samples), scale);

    public override Judgment Judge(ReadOnlySpan<float> scores, int outputs, ISampleSource source)
    {
        float[] targets = new float[outputs];
        float[] slopes = new float[outputs];
        double sum = 0;
        for (int i = 0; i < source.Count; i++)
        {
            source.CopyTargets(i, targets);
            sum += LossKernel.SquaredError(scores.Slice(i * outputs, outputs), targets, 0, slopes);
        }
        return new Judgment(sum / source.Count, null, null);
    }
}

/// <summary>What a batch should have come out as.</summary>
internal static class Targets
{
    /// <summary>[B, outputs], on the tape.</summary>
    public static Tensor Of(Tape tape, Shape shape, ISampleSource source, ReadOnlySpan<int> samples)
    {
        Tensor targets = tape.Input(shape);
        for (int i = 0; i < samples.Length; i++)
            source.CopyTargets(samples[i], targets.Span.Slice(i * shape[1], shape[1]));
        return targets;
    }
}
