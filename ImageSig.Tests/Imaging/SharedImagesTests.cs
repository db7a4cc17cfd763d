using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Real photographs, where they are present.</summary>
public class SharedImagesTests
{
    [SharedFact("data")]
    public void Every_shared_image_decodes_without_damage()
    {
        string[] files = Directory.GetFiles(Folders.InShared("data"), "*.jpg", SearchOption.AllDirectories);
        Assert.True(files.Length > 20_000, $"{files.Length} files");
        DecodeOptions strict = new() { Strict = true };
        Parallel.ForEach(files, file => Assert.Null(Image.Load(file, strict).Damage));
    }

    [Fact]
    public void A_decode_can_be_stopped()
    {
        foreach (byte[] file in new[] { Samples.Jpegs[0].File, Samples.Png, new Image(4, 4).EncodePpm() })
            Assert.Throws<OperationCanceledException>(() => Image.Decode(file, new() { CancellationToken = new(canceled: true) }));
    }
}
