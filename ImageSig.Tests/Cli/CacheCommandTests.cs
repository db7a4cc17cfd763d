using ImageSig.Cli;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>--cache</c> in the program.</summary>
public class CacheCommandTests
{
    [Fact]
    public void Train_and_evaluate_print_and_write_the_same_with_a_cache()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 8);
        SyntheticPhotos.Write(folder["others"], perClass: 3, seed: 2);
        string[] train = ["train", folder["p"], "-o", folder["m"], "--test", folder["others"], "--quiet", "--epochs", "2", "--image-size", "16"];
        Answer without = Answer.To(train);
        byte[] expected = File.ReadAllBytes(folder["m"]);
        for (int run = 0; run < 2; run++)
        {
            Answer with = Answer.To([.. train, "--cache", folder["c"]]);
            Assert.Equal((ExitCode.Done, "", Figures(without)), (with.Code, with.Messages, Figures(with)));
            Assert.Equal(expected, File.ReadAllBytes(folder["m"]));
        }
        string[] evaluate = ["evaluate", folder["m"], folder["others"], "--quiet"];
        Assert.Equal(Figures(Answer.To(evaluate)), Figures(Answer.To([.. evaluate, "--cache", folder["c"]])));
        Assert.Equal(22 * 16 * 16 * 3, new FileInfo(Assert.Single(Directory.GetFiles(folder["c"], "*.data"))).Length);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_refused()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        File.WriteAllText(folder["c"], "");
        Answer answer = Answer.To("train", folder["p"], "-o", folder["m"], "--cache", folder["c"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal($"imagesig: {folder["c"]}: this is a file; a cache is a folder.", Assert.Single(answer.MessageLines));
    }

    [Fact]
    public void A_cache_without_a_list_is_no_data_set_until_it_has_one()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 4);
        string[] small = ["--image-size", "16", "--quiet"];
        Assert.Equal(ExitCode.Done, Answer.To(["train", folder["p"], "-o", folder["m"], "--cache", folder["c"], "--epochs", "1", .. small]).Code);
        Answer answer = Answer.To(["train", folder["c"], "-o", folder["m"], .. small]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.StartsWith($"imagesig: {folder["c"]}: this is a cache without a list of its pictures", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To(["features", folder["p"], "--cache", folder["c"], .. small]).Code);
        Assert.Equal(ExitCode.Done, Answer.To(["train", folder["c"], "-o", folder["m"], "--epochs", "1", .. small]).Code);
    }

    [Fact]
    public void Shards_put_together_train_the_model_of_the_folder()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 9);
        File.WriteAllText(folder["p/dark/broken.png"], "no picture");
        string[] settings = ["--quiet", "--epochs", "2", "--image-size", "16"], expected = Train(folder["p"], []);
        for (int shard = 1; shard <= 3; shard++)
            Assert.Equal(ExitCode.Done, Answer.To("features", folder["p"], "--cache", folder[$"s{shard}"], "--shard", $"{shard}/3", "--image-size", "16", "--quiet").Code);
        Answer merged = Answer.To("cache", "merge", folder["s1"], folder["s2"], folder["s3"], "-o", folder["all"]);
        Assert.Equal((ExitCode.Done, "", $"{folder["all"]}: 18 entries added, 19 of 19 images of {folder["p"]} listed\n"), (merged.Code, merged.Messages, merged.Results));

        Assert.Equal(expected, Train(folder["p"], ["--cache", folder["all"]]));
        Directory.Move(folder["p"], folder["gone"]);
        Assert.Equal(expected, Train(folder["all"], []));
        Assert.Contains("18 images", string.Join('\n', Answer.To("evaluate", folder["m"], folder["all"], "--quiet").ResultLines), StringComparison.Ordinal);

        string[] Train(string path, string[] more)
        {
            Answer answer = Answer.To(["train", path, "-o", folder["m"], .. settings, .. more]);
            Assert.Equal(ExitCode.Done, answer.Code);
            Assert.Contains("this is not an image", answer.MessageLines[0], StringComparison.Ordinal);
            return [Convert.ToHexString(File.ReadAllBytes(folder["m"])), .. answer.ResultLines.Where(line => !line.StartsWith("time", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public void A_shard_that_died_is_found_and_redone_alone()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p/train"], perClass: 6);
        SyntheticPhotos.Write(folder["p/test"], perClass: 3, seed: 2);
        string[] Fill(int shard) => ["features", folder["p"], "--cache", folder[$"s{shard}"], "--shard", $"{shard}/2", "--image-size", "16", "--quiet"];
        string[] merge = ["cache", "merge", folder["s1"], folder["s2"], "-o", folder["all"]];
        Answer.To(Fill(1));
        Answer.To(Fill(2));
        // What a killed shard leaves: some pictures, and no list.
        File.Delete(Path.Combine(folder["s2"], "images.jsonl"));
        Answer incomplete = Answer.To(merge);
        Assert.Equal(ExitCode.Failed, incomplete.Code);
        Assert.Equal(
            [$"imagesig: {folder["s2"]} has no list of pictures: that shard did not come to its end.", $"imagesig: 9 of 18 images of {folder["p"]} are missing: do shard 2/2 again."], incomplete.MessageLines);
        Answer refused = Answer.To("train", folder["all"], "-o", folder["m"], "--image-size", "16", "--quiet");
        Assert.Equal(ExitCode.Failed, refused.Code);
        Assert.Contains("do shard 2/2 again", Assert.Single(refused.MessageLines), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, Answer.To(Fill(2)).Code);
        Assert.Equal(ExitCode.Done, Answer.To(merge).Code);
        Answer trained = Answer.To("train", folder["all"], "-o", folder["m"], "--image-size", "16", "--quiet", "--epochs", "1");
        Assert.Equal(ExitCode.Done, trained.Code);
        Assert.Contains($"On 6 test images of {folder["all"]} (test)", trained.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_a_cache_is_told_and_damage_found()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 4);
        Answer.To("features", folder["p"], "--cache", folder["c"], "--image-size", "16", "--quiet");
        Assert.Matches("pictures-16x16-crop-scaled +8 +768 +0\n", Answer.To("cache", "info", folder["c"]).Results);
        Assert.Contains("8 of 8 images, 0 of them unreadable; bright, dark", Answer.To("cache", "info", folder["c"]).Results, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To("cache", "verify", folder["c"]).Code);

        string data = Assert.Single(Directory.GetFiles(folder["c"], "*.data"));
        byte[] bytes = File.ReadAllBytes(data);
        bytes[1000] ^= 1;
        File.WriteAllBytes(data, bytes);
        Answer damaged = Answer.To("cache", "verify", folder["c"]);
        Assert.Equal(ExitCode.Failed, damaged.Code);
        Assert.Contains("1 entry is damaged", Assert.Single(damaged.MessageLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, Answer.To("cache", "merge", folder["c"], "-o", folder["d"]).Code);
        Assert.Equal(ExitCode.Done, Answer.To("features", folder["p"], "--cache", folder["c"], "--image-size", "16", "--quiet").Code);
        Assert.Equal(ExitCode.Done, Answer.To("cache", "verify", folder["c"]).Code);
    }

    [Fact]
    public void What_was_merged_before_stays_listed_when_a_further_shard_is_merged()
    {
        using TemporaryFolder folder = new();
        FillShards(folder, shards: 3);
        Assert.Equal(ExitCode.Failed, Answer.To("cache", "merge", folder["s1"], folder["s2"], "-o", folder["all"]).Code);
        Answer last = Answer.To("cache", "merge", folder["s3"], "-o", folder["all"]);
        Assert.Equal((ExitCode.Done, "", $"{folder["all"]}: 2 entries added, 6 of 6 images of {folder["p"]} listed\n"), (last.Code, last.Messages, last.Results));

        SyntheticPhotos.Write(folder["other/p"], perClass: 4);
        Answer.To("features", folder["other/p"], "--cache", folder["o"], "--shard", "1/2", "--image-size", "16", "--quiet");
        Answer mixed = Answer.To("cache", "merge", folder["o"], "-o", folder["all"]);
        Assert.Equal(ExitCode.Failed, mixed.Code);
        Assert.Contains("put these caches together in a new folder", Assert.Single(mixed.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_died_before_its_first_picture_is_named_and_the_others_are_merged()
    {
        using TemporaryFolder folder = new();
        FillShards(folder, shards: 3);
        Directory.Delete(folder["s1"], recursive: true);
        foreach (string file in Directory.GetFiles(folder["s2"]))
            File.Delete(file);
        Answer merged = Answer.To("cache", "merge", folder["s1"], folder["s2"], folder["s3"], "-o", folder["all"]);
        Assert.Equal((ExitCode.Failed, $"{folder["all"]}: 2 entries added, 2 of 6 images of {folder["p"]} listed\n"), (merged.Code, merged.Results));
        Assert.Equal(
            [
                $"imagesig: {folder["s1"]} is not there: give the cache of a shard as it is called, or do that shard.", $"imagesig: {folder["s2"]} has no list of pictures: that shard did not come to its end.",
                $"imagesig: 4 of 6 images of {folder["p"]} are missing: do shard 1/3, 2/3 again.",
            ],
            merged.MessageLines);
        Assert.Contains("no such folder", Assert.Single(Answer.To("cache", "merge", folder["s1"], "-o", folder["none"]).MessageLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", 300)]
    [InlineData("index", 4096 + 30)]
    public void Of_a_merged_cache_a_damaged_picture_stops_the_training_and_merging_again_mends_it(string extension, int at)
    {
        using TemporaryFolder folder = new();
        FillShards(folder, shards: 2);
        string[] merge = ["cache", "merge", folder["s1"], folder["s2"], "-o", folder["all"]], train = ["train", folder["all"], "-o", folder["m"], "--image-size", "16", "--epochs", "1", "--quiet"];
        Answer.To(merge);
        string path = Assert.Single(Directory.GetFiles(folder["all"], $"*.{extension}"));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);

        Answer refused = Answer.To(train), verified = Answer.To("cache", "verify", folder["all"]);
        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (refused.Code, verified.Code));
        Assert.Matches("the picture of .*png is missing or damaged; do shard [12]/2 again", Assert.Single(refused.MessageLines));
        Assert.Contains("imagesig cache merge of its shards", Assert.Single(verified.MessageLines), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, Answer.To(merge).Code);
        Assert.Equal(ExitCode.Done, Answer.To("cache", "verify", folder["all"]).Code);
        Assert.Equal(ExitCode.Done, Answer.To(train).Code);
    }

    [Fact]
    public void A_list_without_an_end_of_its_line_is_refused_in_a_line()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 2);
        Answer.To("features", folder["p"], "--cache", folder["c"], "--image-size", "16", "--quiet");
        using (FileStream list = File.OpenWrite(folder["c/images.jsonl"]))
        {
            list.Position = list.Length;
            list.SetLength(1L << 31);
        }
        Answer answer = Answer.To("cache", "verify", folder["c"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal(
            $"imagesig: {folder["c/images.jsonl"]}, line 6: this is no line of a list of pictures (it is longer than 16777216 characters); make it anew (imagesig features --cache, imagesig cache merge).",
            Assert.Single(answer.MessageLines));
    }

    [Fact]
    public void A_list_of_the_same_name_beside_classes_makes_them_no_cache()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        File.WriteAllText(folder["p/images.jsonl"], "{\"file_name\": \"dark/000.png\"}\n");
        Answer trained = Answer.To("train", folder["p"], "-o", folder["m"], "--image-size", "16", "--epochs", "1", "--quiet");
        Assert.Equal((ExitCode.Done, 1), (trained.Code, trained.MessageLines.Length));
        Assert.Contains("1 file beside", trained.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_of_another_size_is_refused_as_a_data_set()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        Answer.To("features", folder["p"], "--cache", folder["c"], "--for", "conv", "--image-size", "24", "--quiet");
        Answer answer = Answer.To("train", folder["c"], "-o", folder["m"], "--quiet");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Equal(
            $"imagesig: {folder["c"]}: the pictures of this cache have size 24x24 (64x64 is wanted), fit stretch (crop is wanted); ask for them as they are, or fill another cache from the images (imagesig features --cache).",
            Assert.Single(answer.MessageLines));
        Assert.Contains(" have scaled decoding true (false is wanted); ", Answer.To("features", folder["c"], "-o", folder["f.npy"], "--image-size", "24", "--quiet").Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To("train", folder["c"], "-o", folder["m"], "--model", "conv", "--image-size", "24", "--depth", "2", "--epochs", "1", "--quiet").Code);
    }

    [Fact]
    public void Rows_of_a_shard_are_those_of_the_whole()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        Answer.To("features", folder["p"], "-o", folder["all.npy"], "--labels", folder["l.npy"], "--depth", "2", "--image-size", "16", "--quiet");
        Answer.To("features", folder["p"], "-o", folder["two.npy"], "--labels", folder["l2.npy"], "--depth", "2", "--image-size", "16", "--quiet", "--shard", "2/2");
        float[] all = NpyFile.Read<float>(folder["all.npy"]).Values, two = NpyFile.Read<float>(folder["two.npy"]).Values;
        int row = all.Length / 6;
        Assert.Equal((float[])[.. all[row..(2 * row)], .. all[(3 * row)..(4 * row)], .. all[(5 * row)..]], two);
        Assert.Equal([0, 1, 1], NpyFile.Read<long>(folder["l2.npy"]).Values);
    }

    /// <summary>Six pictures in <c>p</c>, in shards <c>s1</c>, <c>s2</c>, …</summary>
    private static void FillShards(TemporaryFolder folder, int shards)
    {
        SyntheticPhotos.Write(folder["p"], perClass: 3);
        for (int shard = 1; shard <= shards; shard++)
            Assert.Equal(ExitCode.Done, Answer.To("features", folder["p"], "--cache", folder[$"s{shard}"], "--shard", $"{shard}/{shards}", "--image-size", "16", "--quiet").Code);
    }

    /// <summary>All but the times.</summary>
    private static string Figures(Answer answer) => string.Join('\n', answer.ResultLines.Where(line => !line.StartsWith("time", StringComparison.Ordinal)));
}
