using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>The camera's note on how it was held.</summary>
public class OrientationTests
{
    private static readonly byte[] File420 = Samples.Jpegs.First(sample => sample.Name == "420").File;

    [Fact]
    public void Each_orientation_brings_the_stored_corner_to_its_place()
    {
        Image stored = Image.Decode(File420);
        // Where the first stored pixel and its right neighbor are seen; Exif tag 274.
        Check(1, (0, 0), (1, 0));
        Check(2, (32, 0), (31, 0));
        Check(3, (32, 16), (31, 16));
        Check(4, (0, 16), (1, 16));
        Check(5, (0, 0), (0, 1));
        Check(6, (16, 0), (16, 1));
        Check(7, (16, 32), (16, 31));
        Check(8, (0, 32), (0, 31));

        void Check(int orientation, (int X, int Y) first, (int X, int Y) right)
        {
            foreach (bool little in new[] { false, true })
            {
                Image upright = Image.Decode(WithOrientation(File420, orientation, little));
                Assert.Equal(orientation < 5 ? (33, 17) : (17, 33), (upright.Width, upright.Height));
                Assert.Equal(stored.Row(0)[..3], upright.Row(first.Y).Slice(3 * first.X, 3));
                Assert.Equal(stored.Row(0)[3..6], upright.Row(right.Y).Slice(3 * right.X, 3));
            }
        }
    }

    [Fact]
    public void It_can_be_left_out()
    {
        byte[] file = WithOrientation(File420, 6, little: false);
        Assert.Equal(Image.Decode(File420).Pixels, Image.Decode(file, new() { ApplyOrientation = false }).Pixels);
    }

    [Fact]
    public void An_orientation_that_does_not_exist_is_none()
    {
        foreach (int value in new[] { 0, 9, 1000 })
            Assert.Equal(Image.Decode(File420).Pixels, Image.Decode(WithOrientation(File420, value, little: true)).Pixels);
    }

    [ProgramFact("convert", "imagemagick")]
    public void ImageMagick_turns_pictures_the_same_way()
    {
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            byte[] file = WithOrientation(File420, orientation, little: true);
            Image theirs = Pictures.FromPnm(OutsideProgram.Run("convert", "jpeg:- -auto-orient ppm:-", file));
            Assert.Equal(0, Difference.Between(Image.Decode(file), theirs).Largest);
        }
    }

    /// <summary>The file with an Exif segment of one entry behind its first marker.</summary>
    internal static byte[] WithOrientation(byte[] file, int orientation, bool little)
    {
        byte[] tiff = little
            ? [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, (byte)(orientation >> 8), 0, 0, 0, 0, 0, 0]
            : [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, (byte)(orientation >> 8), (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(8 + tiff.Length), .. "Exif\0\0"u8, .. tiff, .. file[2..]];
    }
}
