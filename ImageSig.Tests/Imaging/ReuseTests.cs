using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>A picture that is decoded over one that is no longer needed.</summary>
public class ReuseTests
{
    private static readonly Image Photograph = Pictures.Photograph(640, 480, 1), Other = Pictures.Photograph(640, 480, 2);

    public static TheoryData<string> Kinds() => ["JPEG", "PNG", "PPM"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_of_the_same_size_is_overwritten(string kind)
    {
        Image expected = Image.Decode(Encode(Photograph, kind));
        Image reuse = Image.Decode(Encode(Other, kind));
        Image again = Image.Decode(Encode(Photograph, kind), null, reuse);
        Assert.Same(reuse, again);
        Assert.Equal(expected.Pixels, again.Pixels);
    }

    [Fact]
    public void A_picture_of_another_shape_and_as_many_pixels_gives_its_memory()
    {
        Image reuse = new(480, 640);
        Image picture = Image.Decode(Encode(Photograph, "PNG"), null, reuse);
        Assert.Equal((640, 480), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.Overlaps(reuse.Pixels));
        Assert.Equal(Photograph.Pixels, picture.Pixels);
    }

    [Fact]
    public void A_picture_of_another_size_is_left_alone()
    {
        Image reuse = new(640, 481);
        Image picture = Image.Decode(Encode(Photograph, "PNG"), null, reuse);
        Assert.False(picture.Pixels.Overlaps(reuse.Pixels));
        Assert.False(reuse.Pixels.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void What_was_found_in_the_file_before_is_forgotten()
    {
        byte[] whole = Encode(Photograph, "JPEG"), cut = whole[..(whole.Length / 2)];
        Image damaged = Image.Decode(cut, null, Image.Decode(whole));
        Assert.NotNull(damaged.Damage);
        Image mended = Image.Decode(whole, null, damaged);
        Assert.Null(mended.Damage);
        Assert.True(mended.Pixels.Overlaps(damaged.Pixels));
        Assert.Equal(Image.Decode(whole).Pixels, mended.Pixels);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void File_after_file_takes_the_same_memory(string kind)
    {
        byte[] file = Encode(Photograph, kind);
        Image picture = Image.Decode(file, null, Image.Decode(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        picture = Image.Decode(file, null, picture);
        // Less than half a picture: buffers that pools have given up meanwhile may be new.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, picture.Pixels.Length / 2);
    }

    private static byte[] Encode(Image picture, string kind) => kind switch
    {
        "JPEG" => picture.EncodeJpeg(),
        "PNG" => picture.EncodePng(),
        _ => picture.EncodePpm(),
    };
}
