using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The committed files: what libjpeg-turbo made of them, wherever the tests run.</summary>
public class JpegSampleTests
{
    [Fact]
    public void Every_committed_file_decodes_to_its_committed_levels()
    {
        Assert.True(Samples.Jpegs.Length >= 30, $"{Samples.Jpegs.Length} files");
        foreach ((string name, byte[] file) in Samples.Jpegs)
        {
            Difference difference = Difference.Between(Image.Decode(file, new() { Strict = true }), Samples.Expected(name));
            Assert.True(difference.Largest == 0, $"{name}: {difference}");
        }
    }

    [Fact]
    public void Decoding_again_allocates_the_picture_and_nothing_else()
    {
        (string, byte[])[] others = [("PPM", new Image(9, 5).EncodePpm()), ("turned", OrientationTests.WithOrientation(Samples.Jpegs[0].File, 6, little: true))];
        foreach ((string name, byte[] file) in Samples.Jpegs.Concat(others))
        {
            foreach (int scale in new[] { 1, 2, 4, 8 })
            {
                DecodeOptions options = new() { Scale = scale };
                Image image = Image.Decode(file, options);
                long allocated = Cost.UsualBytes(() => Image.Decode(file, options));
                // The pixels, the heads of an array and of an image, and rounding.
                Assert.True(allocated <= image.Pixels.Length + 80, $"{name} 1/{scale}: {allocated} bytes for {image.Pixels.Length}");
            }
        }
    }
}
