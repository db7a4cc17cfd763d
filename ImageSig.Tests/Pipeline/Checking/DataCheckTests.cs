using ImageSig.Checking;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Checking;

/// <summary><c>imagesig check</c> finds what was planted, and nothing else.</summary>
public class DataCheckTests
{
    [Fact]
    public void Twenty_copies_across_splits_are_found_recompressed_and_resized()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos/train"], ["a", "b"], perClass: 40, seed: 1);
        Scenes.Write(folder["photos/test"], ["a", "b"], perClass: 15, seed: 1001);
        for (int i = 0; i < 20; i++)
        {
            Image picture = Image.Load(folder[$"photos/train/{(i % 2 == 0 ? "a" : "b")}/{i:D3}.png"]);
            Resize.Area(picture, picture.Width * 4 / 5, picture.Height * 4 / 5).SaveJpeg(folder[$"photos/test/{(i % 2 == 0 ? "a" : "b")}/copy{i:D2}.jpg"], quality: 60);
        }
        DataCheck check = DataCheck.Run(ImageSplits.Open(folder["photos"]), threads: 2);
        Assert.Equal(20, check.Findings.Count(finding => finding.Kind == CheckKind.Leak));
        Assert.All(check.Findings, finding =>
        {
            Assert.Equal(CheckKind.Leak, finding.Kind);
            Assert.Equal(2, finding.Images.Count);
            Assert.Contains("copy", check.Images[finding.Images[1]].Name, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Each_planted_fault_is_found_as_what_it_is()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 12, seed: 7);
        File.Copy(folder["photos/a/003.png"], folder["photos/a/twin.png"]);
        File.Copy(folder["photos/a/004.png"], folder["photos/b/other-label.png"]);
        File.WriteAllText(folder["photos/a/words.jpg"], "no picture");
        File.WriteAllBytes(folder["photos/a/cut.jpg"], Scenes.Draw(503).EncodeJpeg()[..700]);
        Each(504, level => level / 8).SavePng(folder["photos/a/dark.png"]);
        Each(505, level => 215 + (level / 7)).SavePng(folder["photos/a/light.png"]);
        Each(506, _ => 120).SavePng(folder["photos/a/empty.png"]);
        Resize.Bilinear(Resize.Area(Scenes.Draw(500), 3, 3), 160, 160).SavePng(folder["photos/a/blurry.png"]);
        Resize.Area(Scenes.Draw(501), 20, 20).SavePng(folder["photos/a/tiny.png"]);
        Resize.Area(Scenes.Draw(502), 64, 400).SavePng(folder["photos/a/long.png"]);

        Answer answer = Answer.To("check", folder["photos"], "--fix-list", folder["mend.csv"], "--sheets", folder["sheets"], "--quiet");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(
            ["aspect long.png look", "blurry blurry.png look", "dark dark.png look", "duplicate 003.png keep", "duplicate twin.png remove", "empty empty.png look", "light light.png look",
                "tiny tiny.png look", "two-labels 004.png look", "two-labels other-label.png look", "unreadable cut.jpg look", "unreadable words.jpg look"],
            DelimitedText.Read(folder["mend.csv"]).Skip(1).Select(row => $"{row.Fields[0]} {Path.GetFileName(row.Fields[3])} {row.Fields[5]}").Order(StringComparer.Ordinal));
        Assert.Contains("two-labels: 1 picture under two labels; look which one is right", answer.Results, StringComparison.Ordinal);
        Assert.Equal(
            ["aspect", "blurry", "dark", "duplicate", "empty", "light", "tiny", "two-labels", "unreadable"],
            Directory.EnumerateFiles(folder["sheets"]).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Equal((204, 104), (Image.Load(folder["sheets/duplicate.png"]).Width, Image.Load(folder["sheets/duplicate.png"]).Height));
        Assert.Equal(ExitCode.Failed, Answer.To("check", folder["photos"], "--strict", "--quiet", "--json").Code);

        static Image Each(int seed, Func<byte, int> change)
        {
            Image changed = Scenes.Draw(seed);
            foreach (ref byte level in changed.Pixels)
                level = (byte)change(level);
            return changed;
        }
    }

    [Fact]
    public void A_picture_in_two_parts_under_two_labels_is_both_and_no_copy_is_said_to_be_the_right_one()
    {
        using TemporaryFolder folder = new();
        string train = "\u00fc", test = "u\u0308";
        Scenes.Write(folder["photos/train"], [train, "b"], perClass: 6, seed: 7);
        Scenes.Write(folder["photos/test"], [test, "b"], perClass: 3, seed: 1007);
        File.Copy(folder[$"photos/train/{train}/003.png"], folder["photos/test/b/other.png"]);
        // The same label, in another normal form.
        File.Copy(folder[$"photos/train/{train}/004.png"], folder[$"photos/test/{test}/same.png"]);
        Answer answer = Answer.To("check", folder["photos"], "--fix-list", folder["mend.csv"], "--quiet");
        Assert.Equal(
            ["leak 003.png look", "leak 004.png remove", "leak other.png look", "leak same.png keep", "two-labels 003.png look", "two-labels other.png look"],
            DelimitedText.Read(folder["mend.csv"]).Skip(1).Select(row => $"{row.Fields[0]} {Path.GetFileName(row.Fields[3])} {row.Fields[5]}").Order(StringComparer.Ordinal));
        Assert.Contains("two-labels: 1 picture under two labels; look which one is right", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_twenty_flipped_labels_sixteen_are_among_the_first_thirty_named()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 80, seed: 3);
        for (int i = 0; i < 10; i++)
        {
            File.Move(folder[$"photos/a/{7 * i:D3}.png"], folder[$"photos/b/flipped{i}.png"]);
            File.Move(folder[$"photos/b/{7 * i:D3}.png"], folder[$"photos/a/flipped{i}.png"]);
        }
        ImageSplits splits = ImageSplits.Open(folder["photos"]);
        TrainingRecipe quick = TrainingRecipe.Named().WithTraining(options => options with { Epochs = 8, Threads = 2 });
        DataCheck check = DataCheck.Run(splits, threads: 2).WithLabels(splits.Training, quick with { Features = quick.Features with { Width = 32, Height = 32 } });
        CheckFinding[] named = [.. check.Findings.Where(finding => finding.Kind == CheckKind.Label).Take(30)];
        Assert.InRange(named.Count(finding => check.Images[finding.Images[0]].Name.Contains("flipped", StringComparison.Ordinal)), 16, 20);
    }

    [Fact]
    public void Labels_of_a_class_of_few_pictures_are_not_judged_and_the_rest_is()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 6, seed: 3);
        Directory.CreateDirectory(folder["photos/few"]);
        Scenes.Draw(500).SavePng(folder["photos/few/1.png"]);
        ImageSet set = ImageSplits.Open(folder["photos"]).Training;
        Assert.Equal($"{folder["photos/few"]}: fewer than 5 images, too few to look for wrong labels among them; they are not judged, the other classes are. Add images.", LabelCheck.Lack(set));
        TrainingRecipe quick = TrainingRecipe.Named().WithTraining(options => options with { Epochs = 1, Threads = 1 });
        quick = quick with { Features = quick.Features with { Width = 32, Height = 32 }, Validation = 0 };
        CrossValidation judged = CrossValidation.Run(set, quick, LabelCheck.Folds, new() { TrainsOnFew = true });
        Assert.Equal(Enumerable.Repeat(true, 12).Append(false), judged.Answers.Select(answer => answer is not null));
        Assert.Equal(-1, judged.FoldOf[^1]);
        ImageSplits splits = ImageSplits.Open(folder["photos"]);
        Assert.DoesNotContain(DataCheck.Run(splits, threads: 1).WithLabels(splits.Training, quick).Findings, finding => finding.Images.Contains(12));

        // Where no label can be judged, all else is looked at.
        Directory.Delete(folder["photos/b"], recursive: true);
        File.Copy(folder["photos/a/003.png"], folder["photos/a/twin.png"]);
        Answer answer = Answer.To("check", folder["photos"], "--labels", "--quiet");
        Assert.Equal((ExitCode.Done, $"imagesig: {folder["photos"]}: no label is judged, for that takes two classes of 5 images or more; add images.\n"), (answer.Code, answer.Messages));
        Assert.Contains("duplicate: 1 picture more than once in a class", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_set_has_no_finding_and_json_counts_it()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 6, seed: 5);
        Answer answer = Answer.To("check", folder["photos"], "--quiet", "--strict");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.EndsWith("Nothing was found.\n", answer.Results, StringComparison.Ordinal);
        Assert.Equal(
            "{\"images\":12,\"parts\":[{\"name\":\"" + folder["photos"] + "\",\"classes\":{\"a\":6,\"b\":6}}],\"findings\":[]}",
            Answer.To("check", folder["photos"], "--quiet", "--json").Results.TrimEnd());
    }

    [Fact]
    public void A_class_without_files_is_one_finding_among_others_and_five_copies_are_counted()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos/train"], ["a", "b"], perClass: 6, seed: 5);
        Scenes.Write(folder["photos/test"], ["a", "b"], perClass: 2, seed: 1005);
        Directory.CreateDirectory(folder["photos/train/c"]);
        for (int copy = 1; copy < 5; copy++)
            File.Copy(folder["photos/train/a/003.png"], folder[$"photos/train/a/copy{copy}.png"]);
        Answer answer = Answer.To("check", folder["photos"], "--quiet", "--fix-list", folder["mend.csv"], "--sheets", folder["sheets"]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.Contains(
            $"empty-class: 1 class without a file; no training takes them; add pictures, or remove the folder.\n  {folder["photos/train/c"]}: holds no file\n", answer.Results, StringComparison.Ordinal);
        Assert.Contains($"{folder["photos/train/a/copy2.png"]} and 2 more: the same pixels\n", answer.Results, StringComparison.Ordinal);
        Assert.Equal(["empty-class", folder["photos/train"], "c", folder["photos/train/c"], "holds no file", "fill"], DelimitedText.Read(folder["mend.csv"]).ElementAt(1).Fields);
        Assert.Equal([folder["sheets/duplicate.png"]], Directory.GetFiles(folder["sheets"]));
        Assert.Contains("{\"kind\":\"empty-class\",\"images\":[],\"classes\":[\"c\"],", Answer.To("check", folder["photos"], "--quiet", "--json").Results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_list_of_findings_is_not_replaced()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 2, seed: 5);
        File.WriteAllText(folder["notes.csv"], "my own notes");
        Answer answer = Answer.To("check", folder["photos"], "--fix-list", folder["notes.csv"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("is not a list of findings", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal("my own notes", File.ReadAllText(folder["notes.csv"]));
    }

    [Fact]
    public void Hashes_that_differ_in_ten_bits_share_a_band_and_all_pairs_say_the_same()
    {
        PictureFacts[] facts = [.. Enumerable.Range(0, 60).Select(i => new PictureFacts(Resize.Area(Scenes.Draw(i / 2, brighter: i % 2), PictureFacts.Side, PictureFacts.Side)))];
        List<string> expected = [];
        for (int i = 0; i < facts.Length; i += 2)
            expected.Add($"{i} {i + 1}");
        Assert.Equal(expected, Lookalikes.Group(facts).Select(group => string.Join(' ', group)));
    }

    [SharedFact("data/weather")]
    public void Of_a_real_set_the_known_lookalikes_are_found_and_little_else()
    {
        DataCheck check = DataCheck.Run(ImageSplits.Open(Folders.InShared("data", "weather")), threads: 2);
        Assert.Equal(1181, check.Images.Count);
        Assert.Contains(check.Findings, finding => finding.Kind == CheckKind.Leak && check.Images[finding.Images[0]].Name.EndsWith("shine_00114.jpg", StringComparison.Ordinal));
        Assert.InRange(check.Findings.Count, 1, 20);
    }
}
