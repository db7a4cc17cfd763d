using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Tests.Imaging;

/// <summary>What files say about themselves.</summary>
public class ImageInfoTests
{
    [Theory]
    [InlineData("420", "YCbCr", "4:2:0", false)]
    [InlineData("444", "YCbCr", "4:4:4", false)]
    [InlineData("422", "YCbCr", "4:2:2", false)]
    [InlineData("440", "YCbCr", "4:4:0", false)]
    [InlineData("411", "YCbCr", "4:1:1", false)]
    [InlineData("410", "YCbCr", "4:1:0", false)]
    [InlineData("1x4", "YCbCr", "1x4,1x1,1x1", false)]
    [InlineData("gray", "gray", null, false)]
    [InlineData("rgb", "RGB", "4:4:4", false)]
    [InlineData("progressive-420", "YCbCr", "4:2:0", true)]
    public void A_jpeg_tells_its_color_sampling_and_kind(string name, string color, string? sampling, bool progressive)
    {
        byte[] file = Samples.Jpegs.First(sample => sample.Name == name).File;
        Image image = Image.Decode(file);
        Assert.Equal(
            new ImageInfo(ImageFormat.Jpeg, image.Width, image.Height, 8, color) { Sampling = sampling, Progressive = progressive },
            ImageInfo.Read(file));
        Assert.Equal(6, ImageInfo.Read(OrientationTests.WithOrientation(file, 6, little: false)).Orientation);
    }

    [Fact]
    public void Other_formats_tell_their_color_and_depth()
    {
        Assert.Equal(new(ImageFormat.Png, 13, 9, 8, "RGB"), ImageInfo.Read(Samples.Png));
        byte[] palette = PngSamples.Write(8, 8, depth: 2, color: 3, interlace: 1, rows: new byte[60], palette: [1, 2, 3]);
        Assert.Equal(new(ImageFormat.Png, 8, 8, 2, "palette") { Progressive = true }, ImageInfo.Read(palette));
        Assert.Equal(new(ImageFormat.Netpbm, 3, 2, 8, "RGB"), ImageInfo.Read(new Image(3, 2).EncodePpm()));
        Assert.Equal(new(ImageFormat.Netpbm, 9, 2, 1, "black and white"), ImageInfo.Read("P1 9 2 101010101 010101010"u8));
    }

    [Fact]
    public void Stages_add_up_to_the_decode()
    {
        byte[] file = Pictures.Photograph(200, 150, 1).EncodeJpeg();
        DecodeStages stages = DecodeStages.Measure(file, 64, 64, DecodeOptions.Default, TimeSpan.FromMilliseconds(20));
        Assert.True(stages is { Entropy: > 0, Transform: >= 0, Color: >= 0, Resize: > 0 }, $"{stages}");
        Assert.Equal(stages.Entropy + stages.Transform + stages.Color, stages.Decode, 9);
    }
}
