using System.IO.Compression;
using ImageSig.Imaging;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Kinds;

/// <summary>IDX and CIFAR files of the documented formats, made here.</summary>
public class StoredKindTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idx_files_train_evaluate_and_predict(bool compressed)
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, "train", 40, compressed);
        WriteIdx(folder, "t10k", 10, compressed);
        ImageSplits splits = ImageSplits.Open(folder.Path);
        Assert.Equal((40, 10, true), (splits.Training.Count, splits.Test!.Count, splits.Validation is null));
        Assert.Equal(["3", "8"], ((ClassTargets)splits.Training.Targets).Classes);

        TrainingOutcome outcome = ImageClassifier.Train(folder.Path, Small.Recipe);
        Assert.Equal(1, outcome.Classifier.Evaluate(folder.Path).Confusion.Accuracy);
        Assert.Equal(10, outcome.Classifier.Evaluate(folder.Path).Confusion.Count);
        Assert.Equal("8", outcome.Classifier.Predict(splits.Test.Read(1, outcome.Classifier.Features)).Label);
    }

    [Fact]
    public void An_idx_picture_is_its_bytes_in_gray_row_by_row()
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, "train", 3, compressed: false);
        Image image = ImageSet.Open(folder.Path).Read(2, new FeatureOptions { Width = 5, Height = 4 });
        Assert.Equal((5, 4), (image.Width, image.Height));
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => Enumerable.Repeat(Level(2, i), 3)), image.Pixels.ToArray());
    }

    [Fact]
    public void Classes_have_the_names_of_the_file_beside()
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, "train", 4, compressed: false);
        File.WriteAllLines(folder["classes.txt"], Enumerable.Range(0, 10).Select(i => $"kind {i}"));
        ClassTargets targets = (ClassTargets)ImageSet.Open(folder.Path).Targets;
        Assert.Equal((10, "kind 8", 8), (targets.Classes.Count, targets.Classes[targets.Labels[1]], targets.Labels[1]));
        File.WriteAllLines(folder["classes.txt"], ["a", "b"]);
        Assert.Contains("an image has label 8; there are 2 names", Refusal(folder.Path), StringComparison.Ordinal);
        File.WriteAllText(folder["classes.txt"], new string('a', (1 << 20) + 1));
        Assert.Contains("classes.txt: the file has more than 1048576 bytes; names of classes were expected", Refusal(folder.Path), StringComparison.Ordinal);
        File.Move(folder["classes.txt"], folder["elsewhere"]);
        File.CreateSymbolicLink(folder["classes.txt"], folder["elsewhere"]);
        Assert.Contains("classes.txt: the file has more than 1048576 bytes; names of classes were expected", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images", 0, new byte[] { 1 }, "byte 0: 01000803 found; an IDX file of bytes in 3 dimensions starts with 00000803")]
    [InlineData("images", 2, new byte[] { 13 }, "byte 0: 00000D03 found")]
    [InlineData("images", 7, new byte[] { 5 }, "byte 96: the file ends here; 5 x 4 x 5 bytes were expected behind the header")]
    [InlineData("images", 7, new byte[] { 3 }, "byte 76: there are bytes behind the 3 x 4 x 5 that the header says")]
    [InlineData("images", 4, new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "more than this machine's memory should hold")]
    [InlineData("images", 4, new byte[] { 0, 0, 0, 0 }, "byte 16: there are bytes behind the 0 x 4 x 5")]
    [InlineData("labels", 3, new byte[] { 3 }, "byte 0: 00000803 found; an IDX file of bytes in 1 dimension starts with 00000801")]
    public void A_damaged_idx_file_is_refused_with_the_byte(string which, int at, byte[] bytes, string message)
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, "train", 4, compressed: false);
        string path = folder[which == "images" ? "train-images-idx3-ubyte" : "train-labels-idx1-ubyte"];
        byte[] file = File.ReadAllBytes(path);
        bytes.CopyTo(file, at);
        File.WriteAllBytes(path, file);
        Assert.Contains(message, Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_missing_or_too_few_and_cut_compressed_files_are_refused()
    {
        using TemporaryFolder folder = new();
        WriteIdx(folder, "train", 4, compressed: true);
        File.Delete(folder["train-labels-idx1-ubyte.gz"]);
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], [0, 0, 8, 1, 0, 0, 0, 2, 3, 8]);
        Assert.Contains("2 labels, train-images-idx3-ubyte.gz has 4 pictures", Refusal(folder.Path), StringComparison.Ordinal);
        File.Delete(folder["train-labels-idx1-ubyte"]);
        Assert.Contains("no such file; the labels of train-images-idx3-ubyte.gz were expected there", Refusal(folder.Path), StringComparison.Ordinal);
        byte[] whole = File.ReadAllBytes(folder["train-images-idx3-ubyte.gz"]);
        WriteIdx(folder, "train", 4, compressed: true);
        File.WriteAllBytes(folder["train-images-idx3-ubyte.gz"], whole[..(whole.Length / 2)]);
        Assert.Contains("train-images-idx3-ubyte.gz", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cifar_files_train_and_evaluate(bool hundred)
    {
        using TemporaryFolder folder = new();
        WriteCifar(folder, hundred);
        ImageSplits splits = ImageSplits.Open(folder.Path);
        Assert.Equal((hundred ? 20 : 40, 10), (splits.Training.Count, splits.Test!.Count));
        Assert.Equal(["apple", "bear", "cloud"], ((ClassTargets)splits.Training.Targets).Classes);
        Image image = splits.Training.Read(1, new FeatureOptions { Width = 32, Height = 32 });
        Assert.Equal([200, 1, 30], image.Pixels[..3].ToArray());
        Assert.Equal([200, 1, 30], image.Pixels[^3..].ToArray());
    }

    [Fact]
    public void A_cut_cifar_file_is_refused_with_the_byte()
    {
        using TemporaryFolder folder = new();
        WriteCifar(folder, hundred: false);
        using (FileStream file = File.OpenWrite(folder["data_batch_2.bin"]))
            file.SetLength((3073 * 3) + 7);
        Assert.Contains("data_batch_2.bin, byte 9219: 7 bytes are left; records of 3073 bytes were expected", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_cifar_file_that_is_too_long_to_be_read_whole_is_refused_behind_a_link_too()
    {
        using TemporaryFolder folder = new();
        WriteCifar(folder, hundred: false);
        // A hole, which takes no room.
        using (FileStream file = File.OpenWrite(folder["long"]))
            file.SetLength(3073L * 1_000_000);
        File.Delete(folder["data_batch_2.bin"]);
        File.CreateSymbolicLink(folder["data_batch_2.bin"], folder["long"]);
        Assert.Equal($"{folder["data_batch_2.bin"]}: this file has more than {Array.MaxLength} bytes, and CIFAR's are read whole; make several of it.", Refusal(folder.Path));
    }

    [Fact]
    public void A_kind_that_is_asked_for_is_taken_and_one_that_is_not_there_is_refused()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 2);
        Assert.IsType<ImageFolder>(ImageSet.Open(folder["photos"], kind: "folder"));
        Assert.Contains("such as train-images-idx3-ubyte", Assert.Throws<DatasetException>(() => ImageSet.Open(folder["photos"], kind: "idx")).Message, StringComparison.Ordinal);
        Assert.Contains("a folder of CIFAR's binary files was expected", Assert.Throws<DatasetException>(() => ImageSplits.Open(folder["photos"], kind: "cifar")).Message, StringComparison.Ordinal);
        Assert.Contains("a table of images and their classes was expected", Assert.Throws<DatasetException>(() => ImageSet.Open(folder["photos"], kind: "csv")).Message, StringComparison.Ordinal);
        Assert.Contains("only", Assert.Throws<ImageSig.Tensors.SettingException>(() => ImageSet.Open(folder["photos"], kind: "zip")).Message, StringComparison.Ordinal);
    }

    private static byte Level(int image, int pixel) => (byte)((image % 2 == 0 ? 30 : 200) + pixel);

    private static string Refusal(string path)
    {
        DatasetException refusal = Assert.Throws<DatasetException>(() => ImageSplits.Open(path));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }

    private static void WriteIdx(TemporaryFolder folder, string part, int count, bool compressed)
    {
        Write($"{part}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 4, 0, 0, 0, 5,
            .. Enumerable.Range(0, count).SelectMany(image => Enumerable.Range(0, 20).Select(pixel => Level(image, pixel)))]);
        Write($"{part}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(image => (byte)(image % 2 == 0 ? 3 : 8))]);

        void Write(string name, byte[] bytes)
        {
            using Stream file = File.Create(folder[compressed ? name + ".gz" : name]);
            using Stream content = compressed ? new GZipStream(file, CompressionLevel.Fastest) : Stream.Null;
            (compressed ? content : file).Write(bytes);
        }
    }

    private static void WriteCifar(TemporaryFolder folder, bool hundred)
    {
        File.WriteAllLines(folder[hundred ? "fine_label_names.txt" : "batches.meta.txt"], ["apple", "bear", "cloud", ""]);
        string[] training = hundred ? ["train.bin"] : ["data_batch_1.bin", "data_batch_2.bin"];
        foreach (string file in training)
            File.WriteAllBytes(folder[file], [.. Enumerable.Range(0, 20).SelectMany(Record)]);
        File.WriteAllBytes(folder[hundred ? "test.bin" : "test_batch.bin"], [.. Enumerable.Range(0, 10).SelectMany(Record)]);

        IEnumerable<byte> Record(int index)
        {
            byte[] labels = hundred ? [7, (byte)(index % 3)] : [(byte)(index % 3)];
            byte red = (byte)(index % 3 == 1 ? 200 : 20);
            return [.. labels, .. Enumerable.Repeat(red, 1024), .. Enumerable.Repeat((byte)(index % 3), 1024), .. Enumerable.Repeat((byte)30, 1024)];
        }
    }
}
