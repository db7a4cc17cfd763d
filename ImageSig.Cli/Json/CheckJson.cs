using ImageSig.Checking;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Json;

/// <summary>What <c>check --json</c> prints: how many images each class has in each part of the data set, and what was found.</summary>
internal static class CheckJson
{
    public static JsonMembers Of(DataCheck check) => new(
        ("images", check.Images.Count),
        ("parts", check.Images.GroupBy(image => image.Set).Select(part => new JsonMembers(
            ("name", part.Key.Name), ("classes", JsonMembers.Named(part.GroupBy(image => image.Label).Select(images => (images.Key, (object?)images.Count()))))))),
        ("findings", check.Findings.Select(finding => new JsonMembers(
            ("kind", CheckWords.Of(finding.Kind).Word), ("images", finding.Images.Select(index => check.Images[index].Name)),
            ("classes", finding.Class is { } empty ? [empty.Label] : finding.Images.Select(index => check.Images[index].Label)), ("detail", finding.Detail)))));
}
