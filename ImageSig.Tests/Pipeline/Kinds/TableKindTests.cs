using System.Diagnostics;
using System.IO.Pipes;
using ImageSig.Checking;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Kinds;

public class TableKindTests
{
    [Fact]
    public void A_table_with_a_heading_names_images_classes_and_splits()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["pictures"], perClass: 4);
        File.WriteAllLines(folder["photos.csv"], ["Split,path,extra,Label", .. Rows("train", 0, 2), .. Rows("val", 2, 1), .. Rows("Testing", 3, 1)]);
        ImageSplits splits = ImageSplits.Open(folder["photos.csv"]);
        Assert.Equal((4, 2, 2), (splits.Training.Count, splits.Validation!.Count, splits.Test!.Count));
        Assert.Same(splits.Test, splits.Judged);
        Assert.Equal($"{folder["photos.csv"]} (train)", splits.Training.Name);
        Assert.Equal(["bright", "dark"], ((ClassTargets)splits.Training.Targets).Classes);
        Assert.Equal(folder["pictures/bright/003.png"], splits.Test.NameOf(0));
        Assert.Equal(8, ImageSet.Open(folder["photos.csv"]).Count);
        Assert.Equal(64, splits.Test.Read(0, new FeatureOptions()).Width);

        static IEnumerable<string> Rows(string split, int first, int count) => new[] { "bright", "dark" }
            .SelectMany(label => Enumerable.Range(first, count).Select(number => $"{split},pictures/{label}/{number:D3}.png,,{label}"));
    }

    [Theory]
    [InlineData("a.csv", "pictures/bright/000.png,day\npictures/dark/000.png,night\n")]
    [InlineData("b.csv", "\uFEFFpath,label\r\npictures/bright/000.png,day\r\n\r\npictures/dark/000.png,night")]
    [InlineData("c.tsv", "file\tclass\npictures/bright/000.png\tday\npictures/dark/000.png\tnight\n")]
    [InlineData("d.csv", "image;category\npictures/bright/000.png;day\npictures/dark/000.png;night\n")]
    [InlineData("e.csv", "path,label\n\"pictures/bright/000.png\" , \"day\"\npictures\\dark\\000.png,night\n")]
    [InlineData("folder/labels.csv", "path,label\n../pictures/bright/000.png,day\n../pictures/dark/000.png,night\n")]
    public void Tables_as_people_write_them_are_read_alike(string name, string text)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["pictures"], perClass: 1);
        Directory.CreateDirectory(folder["folder"]);
        File.WriteAllText(folder[name], text);
        ImageSet images = ImageSet.Open(name.StartsWith("folder/", StringComparison.Ordinal) ? folder["folder"] : folder[name]);
        ClassTargets targets = (ClassTargets)images.Targets;
        Assert.Equal(["day", "night"], targets.Classes);
        Assert.Equal([0, 1], targets.Labels);
        Assert.All([0, 1], index => Assert.Equal(64, images.Read(index, new FeatureOptions()).Width));
    }

    [Fact]
    public void Fields_in_quotation_marks_may_hold_commas_marks_and_line_ends()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], "path,label\n\"a, \"\"b\"\".png\",\"two\nlines\"\n\nc.png,d\n");
        Assert.Equal(
            ["1: path|label", "2: a, \"b\".png|two\nlines", "5: c.png|d"],
            DelimitedText.Read(folder["t.csv"]).Select(row => $"{row.Line}: {string.Join('|', row.Fields)}"));
    }

    [Theory]
    [InlineData("", "the file is empty, or no ordinary file.")]
    [InlineData("\n", "no image found, at least 2 classes expected")]
    [InlineData("path,label\na.png,x\n", "only one class ('x') found, at least 2 classes expected")]
    [InlineData("picture,kind\na.png,x\n", "line 1: a heading such as path,label,split was expected")]
    [InlineData("path,label\na.png\n", "line 2: 1 field, at least 2 expected")]
    [InlineData("path,label\na.png,\n", "line 2: a.png has no class")]
    [InlineData("path,label\n,x\n", "line 2: the image has no name")]
    [InlineData("path,label,split\na.png,x,learn\n", "line 2: the split is 'learn'; train, val or test was expected")]
    [InlineData("path,label\na.png,x\nb.png,y\na.png,y\n", "a.png is 'y' (train) here and 'x' (train) in line 2")]
    [InlineData("path,label\na.png,x\nb.png,y\na.png,x\n", "a.png stands in line 2 already")]
    [InlineData("path,label,split\na.png,x,train\nb.png,y,train\nc.png,z,test\n", "has no class 'z', only x, y")]
    [InlineData("path,label,split\na.png,x,\"le\narn\"\n", "line 2: the split is 'le arn'")]
    [InlineData("path,label\na.png,\"x\r\nz\"\n", "only one class ('x z')")]
    [InlineData("path,label\n\"a.png,x\n", "line 2: a quotation mark opens a field that nothing closes")]
    [InlineData("path,label\n\"a\"b.png,x\n", "line 2: there is text behind the quotation mark that closes a field")]
    [InlineData("path,label\na.png,x\nevil\0.png,y\n", "line 3: the name of the image holds the control character U+0000")]
    [InlineData("evil\0.png,x\n", "line 1: the name of the image holds the control character U+0000")]
    [InlineData("path,label\n\"a\nb.png\",x\n", "line 2: the name of the image holds the control character U+000A")]
    [InlineData("path,label\na\u00E9.png,x\n", "line 1: these bytes are no UTF-8", true)]
    public void What_a_table_lacks_is_told_with_its_line(string text, string message, bool latin = false)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], text, latin ? System.Text.Encoding.Latin1 : new System.Text.UTF8Encoding(false));
        DatasetException refusal = Assert.Throws<DatasetException>(() => ImageSplits.Open(folder["t.csv"]));
        Assert.StartsWith(folder["t.csv"], refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_mark_within_a_field_opens_none_and_one_that_does_is_closed_lines_later()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], "5\" tall,\"open\n\"\"\r\nclosed\" ,\"\"\nb,\"\n\",\"\n\"");
        Assert.Equal(
            ["1: 5\" tall|open\n\"\nclosed|", "4: b||"],
            DelimitedText.Read(folder["t.csv"]).Select(row => $"{row.Line}: {string.Join('|', row.Fields)}"));
    }

    /// <summary>As /dev/stdin, which is named directly too.</summary>
    [LinuxFact]
    public void A_line_end_that_comes_in_two_pieces_through_a_pipe_is_one()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using IEnumerator<DelimitedRow> rows = DelimitedText.Read($"/dev/fd/{pipe.GetClientHandleAsString()}").GetEnumerator();
        pipe.Write("path,label\r"u8);
        Assert.True(rows.MoveNext());
        Assert.Equal((1, "path|label"), (rows.Current.Line, string.Join('|', rows.Current.Fields)));
        pipe.Write("\na.png,day\r\n"u8);
        Assert.True(rows.MoveNext());
        Assert.Equal((2, "a.png|day"), (rows.Current.Line, string.Join('|', rows.Current.Fields)));
        pipe.DisposeLocalCopyOfClientHandle();
        pipe.Dispose();
        Assert.False(rows.MoveNext());
    }

    [Theory]
    [InlineData("5\" tall,\"", "0123456789\n")]
    [InlineData("a,\"", "\",\"\n")]
    public void A_row_of_many_lines_costs_what_its_lines_cost(string begin, string line)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["t.csv"], begin + string.Concat(Enumerable.Repeat(line, 20_000)));
        Cost cost = Cost.Of(() => Assert.NotEmpty(DelimitedText.Read(folder["t.csv"]).ToArray()));
        Assert.Contains("line 1: a quotation mark opens a field that nothing closes", cost.Thrown?.Message, StringComparison.Ordinal);
        Assert.InRange(cost.Bytes, 0, 20_000_000);
    }

    [Theory]
    [InlineData("path,label\n", "", 2)]
    [InlineData("path,label\na.png,\"", "\n", 2)]
    [InlineData("", "", 1)]
    public void A_row_without_an_end_is_refused_before_it_is_all_in_memory(string begin, string lineEnd, int line)
    {
        using TemporaryFolder folder = new();
        string part = new string('x', 1000) + lineEnd;
        File.WriteAllText(folder["t.csv"], begin + string.Concat(Enumerable.Repeat(part, 20_000)));
        Cost cost = Cost.Of(() => Assert.NotEmpty(DelimitedText.Read(folder["t.csv"]).ToArray()));
        Assert.Equal($"{folder["t.csv"]}, line {line}: this row is longer than 1048576 characters.", Assert.IsType<DatasetException>(cost.Thrown).Message);
        Assert.InRange(cost.Bytes, 0, 20_000_000);
    }

    [Fact]
    public void A_row_whose_image_is_missing_is_told_with_its_line_and_the_others_are_trained_on()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["pictures"], perClass: 8);
        File.WriteAllLines(folder["t.csv"], ["path,label", "gone.png,dark", .. Directory.EnumerateFiles(folder["pictures"], "*", SearchOption.AllDirectories)
            .Select(file => $"{file},{Path.GetFileName(Path.GetDirectoryName(file))}")]);
        TrainingOutcome outcome = ImageClassifier.Train(folder["t.csv"], Small.Recipe);
        Assert.Equal(folder["gone.png"], Assert.Single(outcome.Unreadable).Path);
        Assert.Contains($"{folder["t.csv"]}, line 2", outcome.Unreadable[0].Reason, StringComparison.Ordinal);
        Assert.Equal(16, outcome.Classifier.Training.TrainingImages.Sum() + outcome.Classifier.Training.ValidationImages.Sum());
    }

    [Theory]
    [InlineData("t.csv", "path,label\n{0},x\n{0}.png,y\n", "/dev/zero")]
    [InlineData("t.csv", "path,label\n{0},x\n{0}.png,y\n", "zero.jpg")]
    [InlineData("t.csv", "path,label\n{0},x\n{0}.png,y\n", "devices/zero", "the file is empty, or no ordinary file.")]
    [InlineData("t.csv", "path,smiling\n{0},1\n", "/dev/zero")]
    [InlineData("list_attr_celeba.txt", "1\nsmiling\n{0} 1\n", "/dev/zero")]
    public void A_row_that_names_a_device_is_refused_and_the_device_is_not_opened(
        string name, string table, string device, string reason = "this is a device or a pipe; the rows of a table name ordinary files.")
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryFolder folder = new(), links = new();
        device = Path.Combine(links.Path, device);
        File.CreateSymbolicLink(links["zero.jpg"], "/dev/zero");
        Directory.CreateSymbolicLink(links["devices"], "/dev");
        File.WriteAllText(folder[name], table.Replace("{0}", device, StringComparison.Ordinal));
        ImageSet images = ImageSet.Open(folder[name]);
        Assert.Equal($"{device}: {reason}", Assert.Throws<ImageFormatException>(() => images.Read(0, new FeatureOptions())).Message);
        Assert.Equal($"{device}: {reason}", Assert.Throws<ImageFormatException>(() => images.DecodeWhole(0, new())).Message);
        if (!images.AsksQuestions)
            Assert.Contains(DataCheck.Run(new(images), threads: 1).Images, image => image.Problem == reason);
    }

    [Theory]
    [InlineData("labels.csv")]
    [InlineData("attributes.csv")]
    [InlineData("list_attr_celeba.txt")]
    [InlineData("data_batch_1.bin")]
    [InlineData("train-images-idx3-ubyte")]
    public void A_data_set_that_is_a_device_or_a_pipe_is_refused_and_not_opened(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryFolder folder = new(), links = new();
        File.WriteAllText(folder["train-labels-idx1-ubyte"], "");
        File.CreateSymbolicLink(folder[name], "/dev/zero");
        AssertRefused("this link leads to a device; the files of a data set are ordinary ones.");
        File.Delete(folder[name]);
        Directory.CreateSymbolicLink(links["devices"], "/dev");
        File.CreateSymbolicLink(folder[name], links["devices/zero"]);
        AssertRefused("the file is empty, or no ordinary file.");
        File.Delete(folder[name]);
        using (Process make = Process.Start("mkfifo", [folder[name]]))
            make.WaitForExit();
        AssertRefused("the file is empty, or no ordinary file.");

        void AssertRefused(string reason)
        {
            foreach (string path in name.EndsWith(".csv", StringComparison.Ordinal) ? (string[])[folder.Path, folder[name]] : [folder.Path])
                Assert.Equal($"{folder[name]}: {reason}", Assert.Throws<DatasetException>(() => ImageSet.Open(path)).Message);
        }
    }

    [SharedFact("data/weather")]
    public void A_real_set_as_a_table_is_the_set_of_its_folder()
    {
        using TemporaryFolder folder = new();
        ImageFolder weather = ImageFolder.Open(Folders.InShared("data", "weather", "test"));
        File.WriteAllLines(folder["t.csv"], ["path,label", .. weather.Images.Select(image => $"{Path.GetFullPath(image.Path)},{weather.Classes[image.Label]}")]);
        ImageSet table = ImageSet.Open(folder["t.csv"]);
        Assert.Equal(weather.Classes, ((ClassTargets)table.Targets).Classes);
        Assert.Equal(weather.Targets.Labels, ((ClassTargets)table.Targets).Labels);
        Assert.True(weather.Read(5, new FeatureOptions()).Pixels.SequenceEqual(table.Read(5, new FeatureOptions()).Pixels));
    }
}
