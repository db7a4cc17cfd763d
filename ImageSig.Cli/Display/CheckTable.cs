using ImageSig.Checking;
using ImageSig.Imaging;

namespace ImageSig.Cli.Display;

/// <summary>What a data set holds and what was found in it, a line for each kind.</summary>
internal static class CheckTable
{
    private const int Shown = 3;

    public static void Write(TextWriter output, DataCheck check)
    {
        TextTable parts = new("part", "class", ">images");
        foreach (Group<ImageSet, CheckedImage> part in check.Images.GroupBy(image => image.Set))
            foreach (Group<string, CheckedImage> label in part.GroupBy(image => image.Label))
                parts.Add(part.Key.Name, label.Key, Quantity.Count(label.Count()));
        parts.Write(output);
        output.WriteLine();
        ImageInfo[] files = [.. check.Images.Select(image => image.Info).OfType<ImageInfo>()];
        if (files.Length > 0)
        {
            TextTable kinds = new("", "");
            kinds.Add("formats", string.Join(", ", files.GroupBy(file => file.Format.Name).OrderByDescending(format => format.Count()).Select(format => $"{format.Key} {Quantity.Count(format.Count())}")));
            kinds.Add("widths", Range([.. files.Select(file => file.Width)]));
            kinds.Add("heights", Range([.. files.Select(file => file.Height)]));
            kinds.Write(output);
            output.WriteLine();
        }
        if (check.Findings.Count == 0)
            output.WriteLine("Nothing was found.");
        foreach (Group<CheckKind, CheckFinding> kind in check.Findings.GroupBy(finding => finding.Kind))
        {
            CheckWords words = CheckWords.Of(kind.Key);
            int count = kind.Count();
            output.WriteLine(Printable.Line($"{words.Word}: {Quantity.Count(count)} {(count == 1 ? words.One : words.Several)} {words.Told}; {words.Advice}."));
            foreach (CheckFinding finding in kind.Take(Shown))
                output.WriteLine(Printable.Line($"  {Names(check, finding)}: {finding.Detail}").Insert(0, "  "));
            if (count > Shown)
                output.WriteLine($"  and {Quantity.Count(count - Shown)} more");
        }
    }

    private static string Names(DataCheck check, CheckFinding finding) => finding.Class?.Name
        ?? string.Join(", ", finding.Images.Take(Shown).Select(index => check.Images[index].Name)) + (finding.Images.Count > Shown ? $" and {Quantity.Count(finding.Images.Count - Shown)} more" : "");

    private static string Range(int[] lengths)
    {
        Array.Sort(lengths);
        return lengths[0] == lengths[^1] ? $"{lengths[0]}" : $"{lengths[0]} to {lengths[^1]}, half of them up to {lengths[(lengths.Length - 1) / 2]}";
    }
}
