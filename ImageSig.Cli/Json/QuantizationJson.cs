using ImageSig.Cli.Display;

namespace ImageSig.Cli.Json;

/// <summary>What <c>quantize --json</c> prints; the figures on images only with <c>--calibrate</c>.</summary>
internal sealed record QuantizationJson(
    string Model, string Storage, long BytesBefore, long BytesAfter,
    int? Images = null, double? AccuracyBefore = null, double? AccuracyAfter = null, int? ChangedLabels = null, double? LargestChange = null)
{
    public JsonMembers Members => new(
        ("model", Model), ("storage", Storage), ("bytesBefore", BytesBefore), ("bytesAfter", BytesAfter), ("?images", Images), ("?accuracyBefore", AccuracyBefore),
        ("?accuracyAfter", AccuracyAfter), ("?changedLabels", ChangedLabels), ("?largestChange", LargestChange));

    /// <summary>The same with what images say of it.</summary>
    public QuantizationJson With(Evaluation before, Evaluation after) => this with
    {
        Images = before.Count,
        AccuracyBefore = before.Confusion.Accuracy,
        AccuracyAfter = after.Confusion.Accuracy,
        ChangedLabels = before.Answers.Zip(after.Answers, (one, other) => one.Label == other.Label ? 0 : 1).Sum(),
        LargestChange = before.Answers.Count == 0 ? 0 : before.Answers.Zip(after.Answers, Change).Max(),
    };

    /// <summary>Writes it for people.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"{Model}: {Storage}, {Quantity.Size(BytesAfter)} in place of {Quantity.Size(BytesBefore)}");
        if (Images is not { } images)
            return;
        TextTable table = new("", ">before", ">after");
        table.Add("accuracy", Quantity.Percent(AccuracyBefore!.Value), Quantity.Percent(AccuracyAfter!.Value));
        table.Write(output);
        output.WriteLine($"{Quantity.Count(ChangedLabels!.Value)} of {Quantity.Count(images)} images held back are answered otherwise; the probability that changes most does so by {LargestChange:F4}.");
    }

    private static double Change(Prediction one, Prediction other) =>
        one.Probabilities.Zip(other.Probabilities, (before, after) => Math.Abs((double)before.Probability - after.Probability)).Max();
}
