using System.Globalization;
using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Reports;

namespace ImageSig.Cli.Report;

/// <summary>From a picture by rows as streams to signatures, drawn for one picture: the first figure of the ImageSig paper.</summary>
internal static class StreamsSection
{
    private const double Height = 96, CurveLeft = 130, CurveWidth = 150, TermsLeft = 310, TermsWidth = 160, AnswerLeft = 500, AnswerWidth = 130, RowHeight = 44;
    private const int MaxAnswers = 3, MaxLetters = 18;

    /// <summary>Of colors, 0…1, so that rows of nearly one color stay straight lines.</summary>
    private const float LeastRange = 0.1f;

    private static readonly string[] Channels = ["red", "green", "blue"];

    public static void Write(HtmlWriter page, ModelReport report, PictureSheet pictures)
    {
        if (report.Images.FirstOrDefault(image => image.IsRight) is not { } judged || StreamExample.Of(judged) is not { } example)
        {
            page.Add($"<p>There is no picture to draw this for.</p>");
            return;
        }
        page.Add($"<p>{How(report.Classifier)}</p><figure class=\"streams\"><svg viewBox=\"0 0 640 160\" role=\"img\" aria-label=\"Left the picture {judged.Name} with three rows marked; in the middle the red, green and blue of each row from left to right; then the terms of its signature as bars; on the right what the model answers\">");
        page.Add($"<text x=\"{Height / 2 + 10}\" y=\"14\" text-anchor=\"middle\">picture</text><text x=\"{CurveLeft + (CurveWidth / 2)}\" y=\"14\" text-anchor=\"middle\">rows as streams</text><text x=\"{TermsLeft + (TermsWidth / 2)}\" y=\"14\" text-anchor=\"middle\">signatures</text><text x=\"{AnswerLeft + (AnswerWidth / 2)}\" y=\"14\" text-anchor=\"middle\">answer</text>");
        (int width, int height) = PictureSheet.SizeOf(judged);
        page.Add($"<svg x=\"10\" y=\"42\" width=\"{Height}\" height=\"{Height}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\">{pictures.Use(judged)}</svg>");
        float low = example.Streams.Min(stream => stream.Path.Min()), range = Math.Max(LeastRange, example.Streams.Max(stream => stream.Path.Max()) - low);
        for (int number = 0; number < example.Streams.Count; number++)
            WriteStream(page, example.Streams[number], (low, range), 24 + (number * RowHeight), 42 + (Height * (example.Streams[number].Row + 0.5) / judged.Size.Height));
        WriteAnswer(page, judged.Answer);
        page.Add($"</svg>");
        page.Add($"<figcaption>Rows {string.Join(", ", example.Streams.Select(stream => (stream.Row + 1).ToString(CultureInfo.InvariantCulture)))} of <bdi>{judged.Name}</bdi>, as paths through red, green and blue, from the darkest level of the three rows to the lightest, and their signatures to depth {StreamExample.Depth}: levels of 3, 9 and 27 terms, each drawn to its own scale. The first level is the last color minus the first; the deeper ones say in which order the colors change.</figcaption></figure>");
    }

    private static string How(ImageClassifier classifier) => classifier.Features.Input == ModelInput.Signatures
        ? FormattableString.Invariant($"This model reads a picture so: each of {classifier.Features.Streams} {(classifier.Features.TwoDirection ? "rows and columns" : "rows")} becomes a signature of depth {classifier.Features.Depth}, {classifier.Features.FeatureCount} numbers.")
        : classifier.Model.Spec is GridSpec grid
            ? FormattableString.Invariant($"This model, {grid.Name}, takes signatures of windows of {grid.Window} steps along rows and columns, behind a learned lift of the pixels; the figure shows the idea on whole rows of plain colors.")
            : $"This model, {classifier.Model.Spec.Name}, reads pixels without signatures; the figure shows what the models on signatures see.";

    private static void WriteStream(HtmlWriter page, StreamOfRow stream, (float Low, float Range) colors, double top, double rowY)
    {
        int length = stream.Path.Count / Channels.Length;
        page.Add($"<line class=\"marked\" x1=\"10\" y1=\"{rowY:0.#}\" x2=\"{10 + Height}\" y2=\"{rowY:0.#}\"/><line class=\"lead\" x1=\"{10 + Height}\" y1=\"{rowY:0.#}\" x2=\"{CurveLeft - 4}\" y2=\"{top + (RowHeight / 2)}\"/>");
        for (int channel = 0; channel < Channels.Length; channel++)
        {
            string points = string.Join(' ', Sequences.Range(0, length).Select(x => FormattableString.Invariant(
                $"{CurveLeft + (CurveWidth * x / (length - 1)):0.#},{top + 2 + ((RowHeight - 6) * (1 - ((stream.Path[(x * Channels.Length) + channel] - colors.Low) / colors.Range))):0.#}")));
            page.Add($"<polyline class=\"line {new Markup(Channels[channel])}\" points=\"{points}\"/>");
        }
        WriteTerms(page, stream.Signature, top);
    }

    /// <summary>Terms shrink with the factorial of their level, so that each level is drawn against its own largest.</summary>
    private static void WriteTerms(HtmlWriter page, IReadOnlyList<float> signature, double top)
    {
        double step = TermsWidth / signature.Count, middle = top + (RowHeight / 2) - 1;
        page.Add($"<line class=\"grid\" x1=\"{TermsLeft}\" y1=\"{middle}\" x2=\"{TermsLeft + TermsWidth}\" y2=\"{middle}\"/>");
        for (int level = 1, start = 0, count = Channels.Length; level <= StreamExample.Depth; level++, start += count, count *= Channels.Length)
        {
            float largest = signature.Skip(start).Take(count).Max(Math.Abs);
            Markup style = new(level % 2 == 1 ? "odd" : "even");
            for (int term = start; term < start + count; term++)
            {
                double height = largest == 0 ? 0 : (RowHeight - 8) / 2 * signature[term] / largest;
                page.Add($"<rect class=\"{style}\" x=\"{TermsLeft + (term * step):0.##}\" y=\"{middle - Math.Max(0, height):0.##}\" width=\"{step - 0.6:0.##}\" height=\"{Math.Abs(height):0.##}\"/>");
            }
        }
    }

    /// <summary>The most probable classes, each with a bar.</summary>
    private static void WriteAnswer(HtmlWriter page, Prediction answer)
    {
        const double middle = 90, arrowLeft = TermsLeft + TermsWidth + 6, arrowRight = AnswerLeft - 6;
        page.Add($"<path class=\"lead\" fill=\"none\" d=\"M {arrowLeft} {middle} H {arrowRight} m -5 -4 l 5 4 l -5 4\"/>");
        ClassProbability[] shown = [.. answer.Probabilities.OrderByDescending(known => known.Probability).Take(MaxAnswers)];
        double top = middle - (shown.Length * 28 / 2);
        foreach ((string label, float probability) in shown)
        {
            page.Add($"<text x=\"{AnswerLeft}\" y=\"{top + 11:0.#}\">{(label.Length > MaxLetters ? $"{label[..MaxLetters]}…" : label)}</text><text x=\"{AnswerLeft + AnswerWidth}\" y=\"{top + 11:0.#}\" text-anchor=\"end\">{Quantity.Percent(probability)}</text>");
            page.Add($"<rect class=\"bar\" x=\"{AnswerLeft}\" y=\"{top + 15:0.#}\" width=\"{AnswerWidth * probability:0.#}\" height=\"6\"/>");
            top += 28;
        }
    }
}
