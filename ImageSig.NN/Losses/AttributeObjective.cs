using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Several yes-or-no questions at once: binary cross-entropy of each output's sigmoid. Accuracies are means over the questions, balanced ones over those with answers of both kinds; answers that
/// are not known count nowhere.</summary>
internal sealed class AttributeObjective(IReadOnlyList<float>? yesWeights) : Objective
{
    public override Tensor OnTape(Tape tape, Tensor scores, ISampleSource source, ReadOnlySpan<int> samples, int epoch, float scale) =>
        tape.BinaryCrossEntropy(scores, Targets.Of(tape, scores.Shape, source, samples), scale, yesWeights);

    public override Judgment Judge(ReadOnlySpan<float> scores, int outputs, ISampleSource source)
    {
        ConfusionMatrix[] questions = [.. Sequences.Range(0, outputs).Select(_ => new ConfusionMatrix(2))];
        float[] targets = new float[outputs];
        float[] slopes = new float[outputs];
        double sum = 0;
        for (int i = 0; i < source.Count; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * outputs, outputs);
            source.CopyTargets(i, targets);
            sum += LossKernel.BinaryCrossEntropy(row, targets, yesWeights, 0, slopes);
            for (int k = 0; k < outputs; k++)
                if (!float.IsNaN(targets[k]))
                    questions[k].Add(targets[k] > 0.5f ? 1 : 0, row[k] > 0 ? 1 : 0);
        }
        return new Judgment(
            sum / source.Count,
            Mean(questions.Where(matrix => matrix.Count > 0).Select(matrix => matrix.Accuracy)),
            Mean(questions.Where(matrix => matrix.HasEveryClass).Select(matrix => matrix.BalancedAccuracy)));

        static double? Mean(IEnumerable<double> figures) => figures.Average() is not double.NaN and double mean ? mean : null;
    }
}
