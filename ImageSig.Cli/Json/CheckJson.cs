using ImageSig.Checking;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Json;

/// <summary>What <c>check --json</c> prints.</summary>
internal sealed record CheckJson(int Images, IReadOnlyList<CheckPartJson> Parts, IReadOnlyList<CheckFindingJson> Findings)
{
    public static CheckJson Of(DataCheck check) => new(
        check.Images.Count,
        [.. check.Images.GroupBy(image => image.Set).Select(part => new CheckPartJson(part.Key.Name, part.GroupBy(image => image.Label).ToDictionary(images => images.Key, images => images.Count())))],
        [.. check.Findings.Select(finding => new CheckFindingJson(
            CheckWords.Of(finding.Kind).Word, [.. finding.Images.Select(index => check.Images[index].Name)], [.. finding.Images.Select(index => check.Images[index].Label)], finding.Detail))]);
}

/// <summary>One part of the data set: how many images each class has.</summary>
internal sealed record CheckPartJson(string Name, IReadOnlyDictionary<string, int> Classes);

/// <summary>One finding.</summary>
internal sealed record CheckFindingJson(string Kind, IReadOnlyList<string> Images, IReadOnlyList<string> Classes, string Detail);
