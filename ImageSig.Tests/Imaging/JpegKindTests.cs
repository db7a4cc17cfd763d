using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Imaging;

/// <summary>Kinds of JPEG beside the usual ones: read, or refused by name.</summary>
public class JpegKindTests
{
    [ProgramFact("convert", "imagemagick", "djpeg", "libjpeg-turbo-progs")]
    public void Four_inks_decode_to_the_same_levels_as_djpeg()
    {
        foreach ((int width, int height) in new[] { (33, 17), (64, 40) })
        {
            byte[] cmyk = OutsideProgram.Run("convert", "ppm:- -colorspace CMYK -quality 90 jpeg:-", Pictures.ToPpm(Pictures.Photograph(width, height, 1)));
            foreach (byte transform in new byte[] { 0, 2 })
            {
                byte[] file = [.. cmyk];
                int adobe = file.AsSpan().IndexOf("Adobe"u8);
                Assert.True(adobe > 0);
                file[adobe + 11] = transform;
                Image theirs = Pictures.FromPnm(OutsideProgram.Run("djpeg", "-dct int -pnm", file));
                Difference difference = Difference.Between(Image.Decode(file), theirs);
                Assert.True(difference.Largest == 0, $"transform {transform}: {difference}");
            }
        }
    }

    [ProgramFact("cjpeg", "libjpeg-turbo-progs")]
    public void Arithmetic_coding_is_refused_by_name()
    {
        byte[] file = OutsideProgram.Run("cjpeg", "-arithmetic", Pictures.ToPpm(Pictures.Photograph(16, 16, 1)));
        Assert.Contains("arithmetic coding is not supported", Refusal(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xC3, "lossless coding is not supported")]
    [InlineData(0xC5, "hierarchical (differential) coding is not supported")]
    [InlineData(0xCA, "arithmetic coding is not supported")]
    public void Other_codings_are_refused_by_name(byte marker, string message) =>
        Assert.Contains(message, Refusal(WithFrame(file => file[1] = marker)), StringComparison.Ordinal);

    [Fact]
    public void Twelve_bits_are_refused_by_name() =>
        Assert.Contains("12 bits per sample are not supported", Refusal(WithFrame(file => file[4] = 12)), StringComparison.Ordinal);

    [Fact]
    public void Two_components_are_refused() =>
        Assert.Contains("2 color components are not supported", Refusal(WithFrame(file => file[9] = 2)), StringComparison.Ordinal);

    private static string Refusal(byte[] file) => Assert.Throws<ImageFormatException>(() => Image.Decode(file)).Message;

    /// <summary>A sample with its frame header changed.</summary>
    private static byte[] WithFrame(Action<Frame> change)
    {
        byte[] file = [.. Samples.Jpegs.First(sample => sample.Name == "420").File];
        change(new(file, file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0])));
        return file;
    }

    private sealed class Frame(byte[] file, int start)
    {
        public byte this[int offset]
        {
            set => file[start + offset] = value;
        }
    }
}
