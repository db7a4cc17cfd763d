using System.Globalization;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Display;

/// <summary>Prints predictions as they come.</summary>
internal abstract class PredictionWriter
{
    /// <summary>Prints what <paramref name="model"/> says of <paramref name="image"/>.</summary>
    public abstract void Write(string image, string model, Prediction prediction);

    /// <summary>The answer for an image that is unlike all classes.</summary>
    public const string Unknown = "unknown";

    /// <summary>Everything that <see cref="Label"/> may say of a model's answers.</summary>
    public static IEnumerable<string> Labels(ImageClassifier classifier, bool refuses) =>
        refuses && classifier.TellsUnknown ? [Unknown, .. classifier.Classes.Where(name => !NegativeClass.Is(name)).Select(Nearest)] : classifier.Classes;

    /// <summary>The answer for people: a class, or that it is none, with the nearest one.</summary>
    protected static string Label(Prediction prediction, bool refuses) => !refuses || !prediction.IsUnknown ? prediction.Label
        : NegativeClass.Is(prediction.Label) ? Unknown : Nearest(prediction.Label);

    private static string Nearest(string name) => $"{Unknown} ({name})";

    /// <summary>One JSON object a line.</summary>
    public sealed class Lines(TextWriter output, bool refuses) : PredictionWriter
    {
        public override void Write(string image, string model, Prediction prediction) =>
            output.WriteLine(ResultJson.Line(PredictionJson.Of(image, model, prediction, refuses)));
    }

    /// <summary>A table; its columns are laid out before the first prediction is known. With one model, the model is not repeated.</summary>
    public sealed class Table : PredictionWriter
    {
        private readonly TextTable table;
        private readonly TextWriter output;
        private readonly bool namesModel;
        private readonly bool refuses;
        private bool headed;

        public Table(TextWriter output, IReadOnlyList<string> images, IReadOnlyList<string> models, IReadOnlyList<string> labels, bool refuses)
        {
            (this.output, this.refuses) = (output, refuses);
            namesModel = models.Count > 1;
            table = new(["image", .. namesModel ? ["model"] : (string[])[], "label", ">confidence", ">decode", ">features", ">model time"]);
            foreach (string image in images)
                table.Reserve(Cells(image, "", "", "", "", "", ""));
            foreach (string model in models)
                table.Reserve(Cells("", model, "", "", "", "", ""));
            foreach (string label in labels)
                table.Reserve(Cells("", "", label, "100.0 %", "9999.99 ms", "999.99 ms", "99.99 ms"));
        }

        public override void Write(string image, string model, Prediction prediction)
        {
            if (!headed)
                table.WriteHeadings(output);
            headed = true;
            table.WriteRow(output, Cells(
                image, model, Label(prediction, refuses), Quantity.Percent(prediction.Confidence),
                Milliseconds(prediction.Times.Decode), Milliseconds(prediction.Times.Features), Milliseconds(prediction.Times.Model)));
        }

        private string[] Cells(string image, string model, string label, string confidence, string decode, string features, string time) =>
            namesModel ? [image, model, label, confidence, decode, features, time] : [image, label, confidence, decode, features, time];

        private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F2} ms");
    }
}
