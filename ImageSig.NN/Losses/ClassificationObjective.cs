using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>One class of several: cross-entropy or focal loss, and with teachers their answers beside it.</summary>
internal sealed class ClassificationObjective(ClassificationLoss loss, float teacherShare, float temperature) : Objective
{
    private int[] labels = [];

    public override void Check(ISampleSource source, string role, int outputs)
    {
        if (outputs < 2)
            throw new ArgumentException("Training: the model has one output; a class is one of at least two. Train it with mean squared error or binary cross-entropy.");
        for (int i = 0; i < source.Count; i++)
            if ((uint)source.Label(i) >= (uint)outputs)
                throw new ArgumentException(
                    $"Training: {role} sample {i} has label {source.Label(i)}; the model has classes 0 to {outputs - 1}.");
    }

    public override Tensor OnTape(Tape tape, Tensor scores, ISampleSource source, ReadOnlySpan<int> samples, int epoch, float scale)
    {
        if (labels.Length < samples.Length)
            labels = new int[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            labels[i] = source.Label(samples[i]);
        if (source is not ITaughtSource taught || teacherShare == 0)
            return tape.ClassificationLoss(scores, labels.AsSpan(0, samples.Length), loss, scale);
        Tensor answers = tape.Input(scores.Shape);
        for (int i = 0; i < samples.Length; i++)
            taught.CopyAnswers(samples[i], epoch, temperature, answers.Span.Slice(i * scores.Shape[1], scores.Shape[1]));
        return tape.Add(
            tape.DistillationLoss(scores, answers, temperature, teacherShare * scale),
            tape.ClassificationLoss(scores, labels.AsSpan(0, samples.Length), loss, (1 - teacherShare) * scale));
    }

    public override Judgment Judge(ReadOnlySpan<float> scores, int outputs, ISampleSource source)
    {
        ConfusionMatrix matrix = new(outputs);
        float[] slopes = new float[outputs];
        double sum = 0;
        for (int i = 0; i < source.Count; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * outputs, outputs);
            int label = source.Label(i);
            double weight = loss.ClassWeights is null ? 1 : loss.ClassWeights[label];
            sum += weight * LossKernel.Classification(row, label, loss.FocalGamma, loss.LabelSmoothing, 0, slopes);
            matrix.Add(label, ConfusionMatrix.Best(row));
        }
        return new Judgment(sum / source.Count, matrix.Accuracy, matrix.BalancedAccuracy);
    }
}
