using ImageSig.Checking;
using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>The list of what to mend: a table (CSV) with a row for each picture, or class without one, of each finding, for spreadsheets and scripts.</summary>
internal static class CheckList
{
    /// <summary>The first line.</summary>
    public const string Heading = "kind,part,class,image,detail,action";

    /// <summary>Writes it. Of pictures that are alike the first is to be kept; of those in several parts, the one that is not trained on. Those under several labels are to be looked at.</summary>
    public static void Write(string path, DataCheck check)
    {
        AtomicFile.Write(path, stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(Heading);
            foreach (CheckFinding finding in check.Findings)
            {
                CheckWords words = CheckWords.Of(finding.Kind);
                if (finding.Class is { } empty)
                    Write(empty.Set.Name, empty.Label, empty.Name, words.Action);
                bool isDisputed = finding.Images.Count > 1 && DataCheck.AreDisputed(check.Images, finding.Images);
                int kept = finding.Images.Count < 2 ? -1 : finding.Kind == CheckKind.Leak ? finding.Images[^1] : finding.Images[0];
                foreach (int index in finding.Images)
                {
                    CheckedImage image = check.Images[index];
                    Write(image.Set.Name, image.Label, image.Name, isDisputed ? "look" : index == kept && words.Action == "remove" ? "keep" : words.Action);
                }

                void Write(string part, string label, string name, string action) =>
                    writer.WriteLine(string.Join(',', ((string[])[words.Word, part, label, name, finding.Detail, action]).Select(DelimitedText.Field)));
            }
        });
    }
}
