using System.Globalization;
using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>What the models of a cross-validation say of the images that they were not trained on, as a table (CSV): a row for each image that can be read, in the set's order.</summary>
internal static class FoldPredictions
{
    /// <summary>How every such file begins.</summary>
    public const string Beginning = "image,class,fold,predicted,confidence,";

    /// <summary>Writes it; folds are counted from 1, and behind the confidence stands the probability of each class.</summary>
    public static void Write(string path, ImageSet set, CrossValidation judged)
    {
        ClassTargets targets = set.ToClasses();
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(Beginning + string.Join(',', judged.Classes.Select(DelimitedText.Field)));
            for (int index = 0; index < judged.Answers.Count; index++)
                if (judged.Answers[index] is { } answer)
                    writer.WriteLine(string.Join(',', ((string[])
                    [
                        set.NameOf(index), targets.Classes[targets.Labels[index]], $"{judged.FoldOf[index] + 1}", answer.Label, Number(answer.Confidence),
                        .. answer.Probabilities.Select(chance => Number(chance.Probability)),
                    ]).Select(DelimitedText.Field)));
        });
    }

    private static string Number(float number) => number.ToString(CultureInfo.InvariantCulture);
}
