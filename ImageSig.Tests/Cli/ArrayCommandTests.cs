using System.Globalization;
using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>features and signature: arrays for other programs.</summary>
public class ArrayCommandTests
{
    [Fact]
    public void Features_are_those_of_the_extractor_in_the_order_of_the_folder()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 70);
        File.WriteAllText(Path.Combine(folder["photos"], "bright", "000.jpg"), "no picture");
        Answer answer = Answer.To(
            "features", folder["photos"], "-o", folder["f.npy"], "--labels", folder["l.npy"], "--image-size", "9x7", "--depth", "2", "--two-direction", "--quiet", "--strict");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("000.jpg", answer.MessageLines[0], StringComparison.Ordinal);

        (float[] features, int[] shape) = NpyFile.Read<float>(folder["f.npy"]);
        (long[] labels, int[] labelShape) = NpyFile.Read<long>(folder["l.npy"]);
        Assert.Equal([140, 16, 12], shape);
        Assert.Equal([140], labelShape);
        Assert.Equal([.. Enumerable.Repeat(0L, 70), .. Enumerable.Repeat(1L, 70)], labels);
        FeatureExtractor extractor = new(new FeatureOptions { Width = 9, Height = 7, Depth = 2, TwoDirection = true });
        float[] last = new float[extractor.SampleLength];
        extractor.Extract(extractor.Fit(Image.Load(Path.Combine(folder["photos"], "dark", "069.png"))), last);
        Assert.Equal(last, features[^last.Length..]);
    }

    [Fact]
    public void Features_and_labels_need_two_files()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 1);
        Assert.Equal(ExitCode.WrongUsage, Answer.To("features", folder["photos"], "-o", folder["f.npy"], "--labels", folder["f.npy"]).Code);
    }

    [Fact]
    public void The_signature_of_two_unit_steps_is_the_known_one()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], [0, 0, 1, 0, 1, 1], 1, 3, 2);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "3");
        Assert.Equal((ExitCode.Done, $"{folder["s.npy"]}: [1, 14] float64\n"), (answer.Code, answer.Results));
        (double[] signature, int[] shape) = NpyFile.Read<double>(folder["s.npy"]);
        Assert.Equal([1, 14], shape);
        double[] expected = [1, 1, 1 / 2.0, 1, 0, 1 / 2.0, 1 / 6.0, 1 / 2.0, 0, 1 / 2.0, 0, 0, 0, 1 / 6.0];
        Assert.All(expected.Zip(signature), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Theory]
    [InlineData("p.csv", "x,y\n0,0\n1,0\n1,1\n")]
    [InlineData("p.csv", "0;0\r\n1.0;0\r\n\r\n1e0;1")]
    [InlineData("p.tsv", "0\t0\n1\t0\n1\t1\n")]
    public void A_table_of_points_has_the_signature_of_its_array(string name, string table)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], [0, 0, 1, 0, 1, 1], 1, 3, 2);
        File.WriteAllText(folder[name], table);
        Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "3");
        Answer answer = Answer.To("signature", folder[name], "-o", folder["t.npy"], "--depth", "3");
        Assert.Equal((ExitCode.Done, $"{folder["t.npy"]}: [1, 14] float64\n", ""), (answer.Code, answer.Results, answer.Messages));
        Assert.Equal(File.ReadAllBytes(folder["s.npy"]), File.ReadAllBytes(folder["t.npy"]));
        Assert.StartsWith($"{folder["t.npy"]}: [1, 14] float32", Answer.To("signature", folder[name], "-o", folder["t.npy"], "--depth", "3", "--dtype", "float32").Results, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_beyond_the_memory_is_refused_while_it_is_read()
    {
        using TemporaryFolder folder = new();
        File.WriteAllLines(folder["p.csv"], Enumerable.Repeat("0.5,0.25,1", 20_000));
        Answer answer = Answer.To("signature", folder["p.csv"], "-o", folder["s.npy"], "--depth", "2", "--memory", "1");
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.StartsWith($"imagesig: the numbers of {folder["p.csv"]} up to line 13889 would take", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void Signatures_of_many_paths_are_those_of_the_library_in_the_asked_precision(string type)
    {
        using TemporaryFolder folder = new();
        Random random = new(1);
        double[] paths = [.. Enumerable.Range(0, 1500 * 4 * 2).Select(_ => (double)random.NextSingle())];
        NpyFile.Write<double>(folder["p.npy"], paths, 1500, 4, 2);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "2", "--dtype", type, "--threads", "3");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(type == "float32" ? NpyKind.Float32 : NpyKind.Float64, NpyFile.ReadHeader(folder["s.npy"]).Kind);
        double[] written = NpyFile.Read<double>(folder["s.npy"]).Values;
        double[] expected = new double[1500 * 6];
        new SignatureTransform(2, 2).Forward<double>(paths, 1500, 4, expected);
        Assert.All(expected.Zip(written), pair => Assert.Equal(pair.First, pair.Second, type == "float32" ? 1e-5 : 1e-15));
    }

    [Theory]
    [InlineData("3, 2", "One path is saved as array[None].")]
    [InlineData("3, 0, 2", "A path has at least one point and one dimension.")]
    [InlineData("3, 2, 0", "A path has at least one point and one dimension.")]
    public void An_array_of_another_shape_is_refused(string shape, string hint)
    {
        using TemporaryFolder folder = new();
        int[] lengths = [.. shape.Split(", ").Select(length => int.Parse(length, CultureInfo.InvariantCulture))];
        NpyFile.Write<double>(folder["p.npy"], new double[lengths.Aggregate((product, length) => product * length)], lengths);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "3");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.EndsWith($"the array is [{shape}]; [B, T, C] was expected: paths, points, dimensions. {hint}", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["s.npy"]));
    }
}
