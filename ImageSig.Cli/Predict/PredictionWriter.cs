using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Predict;

/// <summary>Prints predictions as they come.</summary>
internal abstract class PredictionWriter
{
    /// <summary>Prints what <paramref name="model"/> says of <paramref name="image"/>.</summary>
    public abstract void Write(string image, string model, Prediction prediction);

    /// <summary>One JSON object a line.</summary>
    public sealed class Lines(TextWriter output, AnswerRule rule) : PredictionWriter
    {
        public override void Write(string image, string model, Prediction prediction) => output.WriteLine(JsonMembers.Line(PredictionJson.Of(image, model, prediction, rule)));
    }

    /// <summary>Comma-separated values under one line of names.</summary>
    public sealed class Csv : PredictionWriter
    {
        private readonly TextWriter output;
        private readonly AnswerRule rule;

        public Csv(TextWriter output, AnswerRule rule)
        {
            (this.output, this.rule) = (output, rule);
            output.WriteLine(string.Join(',', ["image", "model", "label", "nearest", "confidence", "distance", .. Others(rule).SelectMany(place => (string[])[$"class {place}", $"probability {place}"])]));
        }

        public override void Write(string image, string model, Prediction prediction) => output.WriteLine(string.Join(',', [
            DelimitedText.Field(image), DelimitedText.Field(model), DelimitedText.Field(rule.Label(prediction)), DelimitedText.Field(rule.Nearest(prediction) ?? ""),
            Number(prediction.Confidence), prediction.Distance is { } distance ? Number(distance) : "",
            .. rule.Best(prediction).Skip(1).SelectMany(chance => (string[])[DelimitedText.Field(chance.Class), Number(chance.Probability)]),
            // Of fewer classes than are asked for.
            .. Others(rule).Skip(prediction.Probabilities.Count - 1).SelectMany(_ => (string[])["", ""])]));

        private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A table; its columns are laid out before the first prediction is known, for the names that are known then. With one model, the model is not repeated.</summary>
    public sealed class Table : PredictionWriter
    {
        private readonly TextTable table;
        private readonly TextWriter output;
        private readonly AnswerRule rule;
        private readonly bool namesModel;
        private bool headed;

        public Table(TextWriter output, IReadOnlyList<string> images, IReadOnlyList<string> models, IReadOnlyList<ImageClassifier> classifiers, AnswerRule rule)
        {
            this.output = output;
            // Columns for more classes than there are would be blank.
            this.rule = rule = rule with { Top = rule.Top is { } top ? Math.Min(top, classifiers.Max(classifier => classifier.Classes.Count)) : null };
            namesModel = models.Count > 1;
            table = new(["image", .. namesModel ? ["model"] : (string[])[], "label", ">confidence", .. Others(rule).Select(place => place == 2 ? "then" : ""), ">decode", ">features", ">model time"]);
            string[] none = [.. Others(rule).Select(_ => "")];
            foreach (string image in images)
                table.Reserve(Cells(image, "", "", "", none, "", "", ""));
            foreach (string model in models)
                table.Reserve(Cells("", model, "", "", none, "", "", ""));
            foreach (ImageClassifier classifier in classifiers)
            {
                foreach (string label in rule.AllWords(classifier))
                    table.Reserve(Cells("", "", label, "100.0 %", none, "9999.99 ms", "999.99 ms", "99.99 ms"));
                foreach (string name in classifier.Classes)
                    table.Reserve(Cells("", "", "", "", [.. none.Select(_ => $"{name} 50.0 %")], "", "", ""));
            }
        }

        public override void Write(string image, string model, Prediction prediction)
        {
            if (!headed)
                table.WriteHeadings(output);
            headed = true;
            string[] others = [.. rule.Best(prediction).Skip(1).Select(chance => $"{chance.Class} {Quantity.Percent(chance.Probability)}")];
            table.WriteRow(output, Cells(
                image, model, rule.Words(prediction), Quantity.Percent(prediction.Confidence), [.. others, .. Others(rule).Skip(others.Length).Select(_ => "")],
                Milliseconds(prediction.Times.Decode), Milliseconds(prediction.Times.Features), Milliseconds(prediction.Times.Model)));
        }

        private string[] Cells(string image, string model, string label, string confidence, string[] others, string decode, string features, string time) =>
            [image, .. namesModel ? [model] : (string[])[], label, confidence, .. others, decode, features, time];

        private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F2} ms");
    }

    /// <summary>The places behind the first that are told: 2, 3 and so on.</summary>
    private static IEnumerable<int> Others(AnswerRule rule) => Sequences.Range(2, Math.Max(0, (rule.Top ?? 1) - 1));
}
