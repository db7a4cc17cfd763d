using ImageSig.Imaging;

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
    public void Decoding_again_allocates_little_more_than_the_picture()
    {
        (string name, byte[] file) = Samples.Jpegs[0];
        Image image = Image.Decode(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        image = Image.Decode(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < image.Pixels.Length + 200, $"{name}: {allocated} bytes for {image.Pixels.Length}");
    }
}
