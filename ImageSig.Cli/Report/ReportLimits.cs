using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>What the figures of a report do not say, and what the model cannot do, in plain words.</summary>
internal static class ReportLimits
{
    /// <summary>With fewer pictures a class's figures are rough.</summary>
    private const int FewPictures = 30;

    public static IEnumerable<string> Of(ModelReport report)
    {
        ImageClassifier classifier = report.Classifier;
        if (report.Evaluation is { Attributes: not null })
            yield return "An attribute that few pictures have, or few answers are known of, has rough figures; accuracy alone is high of a model that always says no.";
        else if (report.Evaluation is { } evaluation)
            foreach (string limit in OfFigures(report, evaluation))
                yield return limit;
        else
            yield return "Nothing can be said about pictures that the model was not trained on: none were held back, and no others were given.";
        if (report.Training?.UnderTwoLabels is { } labels)
            yield return $"{Pictures(labels.Count)} of the training set under two labels, such as {labels.First} and {labels.Twin}: one of the labels is wrong.";
        yield return string.Create(CultureInfo.InvariantCulture, $"A picture is looked at with {classifier.Features.Width} x {classifier.Features.Height} pixels: what is smaller than one or two of those is not seen.");
        yield return classifier.HasAttributes ? "Every question gets an answer, of any picture, even one that shows something else."
            : classifier.TellsUnknown
            ? "Some pictures that are unlike all classes are answered unknown; others get the class that is nearest."
            : "Every picture gets one of the classes, even one that shows something else.";
        yield return "The model knows the cameras, the light and the places of its training pictures. Judge it on pictures of your own before relying on it, and again when something about them changes.";
    }

    private static IEnumerable<string> OfFigures(ModelReport report, Evaluation evaluation)
    {
        ConfusionMatrix confusion = evaluation.Confusion;
        if (report.OnValidation)
            yield return "The pictures of this report chose the epoch and set how sure answers sound, though they trained no weight: other pictures will be answered a little worse. A test set says how much.";
        if (confusion.Accuracy == 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"None of {confusion.Count} answers was wrong. That is also likely to happen to a model that is wrong in up to {300.0 / confusion.Count:F1} of 100 pictures (three in {confusion.Count}).");
        string[] few = [.. Sequences.Range(0, confusion.Classes).Where(label => confusion.Support(label) < FewPictures).Select(label => $"{evaluation.Classes[label]} ({Quantity.Count(confusion.Support(label))})")];
        if (few.Length > 0)
            yield return $"Fewer than {FewPictures} pictures of {string.Join(", ", few)}: the figures of these are rough, standard errors included.";
        if (report.Training?.SeenInTraining(evaluation) is { } seen)
            yield return $"{Pictures(seen.Count)} both in this report and in the training set, such as {seen.First}: the figures say little of other pictures.";
        if (evaluation.Unreadable.Count > 0)
            yield return $"{Quantity.Count(evaluation.Unreadable.Count)} {(evaluation.Unreadable.Count == 1 ? "file" : "files")} could not be read and count nowhere, such as {evaluation.Unreadable[0].Path}: {evaluation.Unreadable[0].Reason}";
    }

    private static string Pictures(int count) => count == 1 ? "1 picture is" : $"{Quantity.Count(count)} pictures are";
}
