using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class FeatureExtractorTests
{
    private static readonly Image Picture = SyntheticPhotos.Picture(new Random(4), 60);

    [Fact]
    public void Pixels_have_no_signatures_to_take_roots_of() =>
        Assert.StartsWith("Pixels have no signatures to take roots of;", Assert.Throws<SettingException>(() => new FeatureExtractor(new FeatureOptions { Input = ModelInput.Pixels, Roots = 0.01f })).Message, StringComparison.Ordinal);

    [Fact]
    public void Features_are_the_signatures_of_the_rows_and_then_of_the_true_columns()
    {
        FeatureOptions options = new() { Width = 9, Height = 7, Depth = 3, TwoDirection = true };
        FeatureExtractor extractor = new(options);
        Image fitted = extractor.Fit(Picture);
        float[] features = new float[extractor.SampleLength];
        extractor.Extract(fitted, features);
        for (int y = 0; y < 7; y++)
            AssertSignature(fitted, Enumerable.Range(0, 9).Select(x => (x, y)), features.AsSpan(y * 39, 39));
        for (int x = 0; x < 9; x++)
            AssertSignature(fitted, Enumerable.Range(0, 7).Select(y => (x, y)), features.AsSpan((7 + x) * 39, 39));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(LogSignatureBasis.Words)]
    [InlineData(LogSignatureBasis.Expanded)]
    public void Roots_are_those_of_the_levels_of_every_path(LogSignatureBasis? basis)
    {
        FeatureOptions options = new() { Width = 9, Height = 7, Depth = 4, TwoDirection = true, LogSignature = basis };
        FeatureExtractor plain = new(options), rooted = new(options with { Roots = 0.02f });
        float[] expected = new float[plain.SampleLength], features = new float[rooted.SampleLength];
        plain.Extract(plain.Fit(Picture), expected);
        rooted.Extract(rooted.Fit(Picture), features);
        SignedRoots roots = basis is { } named ? SignedRoots.OfLogSignatures(3, 4, named, 0.02f) : SignedRoots.OfSignatures(new SignatureLayout(3, 4), 0.02f);
        roots.Forward<float>(expected);
        Assert.Equal(expected, features);
    }

    [Fact]
    public void Without_a_basepoint_absolute_color_is_invisible_and_with_it_it_is_level_one()
    {
        Image flat = new(8, 8);
        flat.Pixels.Fill(51);
        Assert.All(Features(flat, basepoint: false), value => Assert.Equal(0, value));
        Assert.Equal([0.2f, 0.2f, 0.2f], Features(flat, basepoint: true)[..3]);
    }

    [Fact]
    public void An_image_turned_about_its_diagonal_exchanges_rows_and_columns()
    {
        FeatureExtractor extractor = new(new() { Width = 8, Height = 8, Depth = 2, TwoDirection = true });
        Image image = extractor.Fit(Picture), turned = new(8, 8);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                image.Pixels.Slice(((y * 8) + x) * 3, 3).CopyTo(turned.Pixels[(((x * 8) + y) * 3)..]);
        float[] straight = new float[extractor.SampleLength], across = new float[extractor.SampleLength];
        extractor.Extract(image, straight);
        extractor.Extract(turned, across);
        Assert.Equal<float>(straight, (float[])[.. across[(8 * 12)..], .. across[..(8 * 12)]]);
    }

    [Theory]
    [InlineData(LogSignatureBasis.Words, 8 + 3 * 2)]
    [InlineData(LogSignatureBasis.Brackets, 8 + 3 * 2)]
    [InlineData(LogSignatureBasis.Expanded, 39)]
    public void Log_signatures_take_the_place_of_signatures(LogSignatureBasis basis, int count)
    {
        FeatureOptions options = new() { Width = 9, Height = 7, Depth = 3, LogSignature = basis };
        FeatureExtractor extractor = new(options);
        Assert.Equal(count, extractor.SampleShape[1]);
        Image fitted = extractor.Fit(Picture);
        float[] features = new float[extractor.SampleLength], paths = new float[7 * 9 * 3], expected = new float[features.Length];
        extractor.Extract(fitted, features);
        ImageStreams.Rows(fitted, paths);
        new LogSignatureTransform(3, 3, basis).Forward<float>(paths, 7, 9, expected);
        Assert.Equal(expected, features);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(9, 7)]
    [InlineData(37, 5)]
    [InlineData(64, 33)]
    public void Rows_and_columns_are_the_colors_of_the_plain_loop(int width, int height)
    {
        Image image = new(width, height);
        new Random(1).NextBytes(image.Pixels);
        foreach (bool time in (bool[])[false, true])
        {
            int channels = time ? 4 : 3;
            float[] rows = new float[width * height * channels], columns = new float[rows.Length];
            ImageStreams.Rows(image, rows, time);
            ImageStreams.Columns(image, columns, time);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    for (int c = 0; c < channels; c++)
                    {
                        byte[] pixel = image.Pixels.Slice((y * width + x) * 3, 3).ToArray();
                        Assert.Equal(c < 3 ? pixel[c] / 255f : x / Math.Max(1f, width - 1), rows[(y * width + x) * channels + c]);
                        Assert.Equal(c < 3 ? pixel[c] / 255f : y / Math.Max(1f, height - 1), columns[(x * height + y) * channels + c]);
                    }
        }
    }

    [Fact]
    public void Time_is_the_last_channel_and_rises_from_zero_to_one()
    {
        Image flat = new(5, 2);
        float[] paths = new float[2 * 5 * 4];
        ImageStreams.Rows(flat, paths, time: true);
        Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1, 0, 0.25f, 0.5f, 0.75f, 1], paths.Where((_, index) => index % 4 == 3));
        FeatureExtractor extractor = new(new() { Width = 5, Height = 2, Depth = 2, Time = true });
        float[] features = new float[extractor.SampleLength];
        extractor.Extract(flat, features);
        Assert.Equal(4 + 16, extractor.SampleShape[1]);
        Assert.Equal([0, 0, 0, 1], features[..4]);
        Assert.Equal(0.5f, features[19], 1e-6f);
    }

    [Fact]
    public void A_model_on_pixels_gets_the_pixels_from_zero_to_one()
    {
        FeatureExtractor extractor = new(new() { Input = ModelInput.Pixels, Width = 9, Height = 7 });
        Image fitted = extractor.Fit(Picture);
        float[] pixels = new float[extractor.SampleLength];
        extractor.Extract(fitted, pixels);
        Assert.Equal([7, 9, 3], extractor.SampleShape.ToArray());
        Assert.Equal(fitted.Pixels.ToArray().Select(value => value / 255f), pixels);
        Assert.Throws<SettingException>(() => new FeatureExtractor(new() { Input = ModelInput.Pixels, Basepoint = true }));
    }

    [Fact]
    public void Crop_takes_the_center_and_stretch_everything()
    {
        Image wide = new(30, 10);
        for (int y = 0; y < 10; y++)
            wide.Pixels.Slice(((y * 30) + 10) * 3, 30).Fill(200);
        Image crop = new FeatureExtractor(new() { Width = 5, Height = 5, Fit = ImageFit.Crop }).Fit(wide);
        Image stretch = new FeatureExtractor(new() { Width = 3, Height = 5 }).Fit(wide);
        Assert.All(crop.Pixels.ToArray(), value => Assert.Equal(200, value));
        Assert.Equal([0, 200, 0], new[] { stretch.Pixels[0], stretch.Pixels[3], stretch.Pixels[6] });
    }

    [Theory]
    [InlineData(0, 64, 4)]
    [InlineData(64, 5000, 4)]
    [InlineData(64, 64, 0)]
    [InlineData(64, 64, 13)]
    [InlineData(4096, 4096, 12)]
    public void Sizes_out_of_bounds_are_refused(int width, int height, int depth) =>
        Assert.Throws<SettingException>(() => new FeatureExtractor(new() { Width = width, Height = height, Depth = depth }));

    private static float[] Features(Image image, bool basepoint)
    {
        FeatureExtractor extractor = new(new() { Width = 8, Height = 8, Depth = 2, Basepoint = basepoint });
        float[] features = new float[extractor.SampleLength];
        extractor.Extract(image, features);
        return features;
    }

    private static void AssertSignature(Image image, IEnumerable<(int X, int Y)> points, ReadOnlySpan<float> features)
    {
        double[] path = [.. points.SelectMany(point => Enumerable.Range(0, 3).Select(c => image.Pixels[(((point.Y * image.Width) + point.X) * 3) + c] / 255.0))];
        double[] expected = new double[features.Length];
        new SignatureTransform(3, 3).Forward<double>(path, 1, path.Length / 3, expected);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], features[i], 2e-6);
    }
}
